namespace RnnLm.Benchmarks.Kill;

/// <summary>The configurations that are killed: every cell with every optimizer and every softmax, each with values of its own of all else.</summary>
static class KillCases
{
    // How many sets of those other values there are, and which of so many runs is one by the TorchSharp engine.
    private const int Variants = 2;
    private const int RunsToOneByTorch = 20;

    private static readonly string[] Cells = ["elman", "relu", "lstm", "gru"];
    private static readonly string[] Optimizers = ["sgd", "adam", "adamw"];
    private static readonly string[] Softmaxes = ["full", "sampled", "adaptive"];

    // Prime to the number of combinations, so that a few runs see many of all values.
    private const int Stride = 7;

    /// <param name="run">The run, from 0.</param>
    /// <param name="hasTorch">Whether the TorchSharp engine can be used here.</param>
    public static KillCase Of(int run, bool hasTorch)
    {
        var combinations = Cells.Length * Optimizers.Length * Softmaxes.Length;
        var combination = run * Stride % combinations;
        var variant = run / combinations % Variants;
        var random = new Random((combination * Variants) + variant);
        var softmax = Softmaxes[combination / (Cells.Length * Optimizers.Length)];
        var isByTorch = hasTorch && run % RunsToOneByTorch == RunsToOneByTorch - 1;
        var cell = Cells[combination % Cells.Length];
        var optimizer = Optimizers[combination / Cells.Length % Optimizers.Length];
        // The state of a rectified network that learns so quickly outgrows all numbers in a long stream: such a training diverges before it is killed.
        var mayOutgrow = cell == "relu" && (optimizer != "sgd" || isByTorch);
        return new KillCase
        {
            Cell = cell,
            Optimizer = optimizer,
            Softmax = isByTorch ? "full" : softmax,
            Engine = isByTorch ? "torch" : "managed",
            Rows = random.Next(4) == 0 || mayOutgrow,
            Tied = random.Next(2) == 0 && (softmax != "adaptive" || isByTorch),
            Dropout = random.Next(2) == 0,
            Validation = random.Next(3) > 0,
            Layers = 1 + random.Next(2),
            Threads = 1 + random.Next(2),
            Seed = random.Next(3) == 0 ? null : random.Next(1000),
        };
    }
}

namespace RnnLm.Torch.Tests;

/// <summary>Small networks, their options, and words to train them with; all of it follows from seeds.</summary>
internal static class Networks
{
    public const int VocabularySize = 29;

    /// <summary>Every cell, with one and two layers, tied and untied.</summary>
    public static IEnumerable<(CellKind Cell, int Layers, bool Tied)> Kinds
        => from cell in Enum.GetValues<CellKind>()
           from layers in (int[])[1, 2]
           from tied in (bool[])[false, true]
           select (cell, layers, tied);

    /// <summary><see cref="Kinds"/> as cases of a test.</summary>
    public static TheoryData<CellKind, int, bool> All
    {
        get
        {
            var data = new TheoryData<CellKind, int, bool>();
            foreach (var (cell, layers, tied) in Kinds) data.Add(cell, layers, tied);
            return data;
        }
    }

    /// <summary>Networks whose hidden states are projected; one tied layer projects to the embedding's size.</summary>
    public static TheoryData<CellKind, int, bool, int> Projected
        => new() { { CellKind.Lstm, 1, true, 12 }, { CellKind.Lstm, 2, false, 7 }, { CellKind.Cifg, 1, false, 7 }, { CellKind.Cifg, 2, true, 7 } };

    /// <summary>Options without dropout whose embedding and hidden sizes differ, so that a mix-up shows.</summary>
    public static TrainingOptions Options(CellKind cell = CellKind.Lstm, int layers = 1, bool tied = false) => new()
    {
        Cell = cell,
        Layers = layers,
        Tied = tied,
        EmbeddingSize = 12,
        HiddenSize = 16,
        Dropout = 0,
        Optimizer = new Sgd { LearningRate = 2 },
        BatchSize = 4,
        Window = 7,
        Threads = 1,
    };

    public static NetworkWeights Weights(TrainingOptions options, int seed = 5, double scale = 0.4)
    {
        var weights = new NetworkWeights(options.ShapeFor(VocabularySize));
        var random = new Random(seed);
        foreach (var parameter in weights.Parameters)
        {
            foreach (ref var value in parameter.Values.AsSpan()) value = (float)(scale * (2 * random.NextDouble() - 1));
        }
        return weights;
    }

    /// <summary>A window of random words; where asked for, some of its targets are padding, and the state is reset before some.</summary>
    public static Window Window(TrainingOptions options, int seed, bool startsFresh = false, double padding = 0, double resets = 0)
    {
        var random = new Random(seed);
        var window = new Window(options.BatchSize, options.Window) { Length = options.Window };
        foreach (ref var word in window.Inputs) word = random.Next(VocabularySize);
        foreach (ref var word in window.Targets)
        {
            word = random.NextDouble() < padding ? RnnLm.Window.Padding : random.Next(VocabularySize);
            if (word != RnnLm.Window.Padding) window.TargetCount++;
        }
        foreach (ref var reset in window.Resets) reset = random.NextDouble() < resets;
        if (startsFresh) window.Resets[..options.BatchSize].Fill(true);
        return window;
    }

    public static int[] Words(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(VocabularySize))];
    }

    /// <summary>How far two tensors are apart, as a share of the second's length.</summary>
    public static double Distance(float[] values, float[] expected)
    {
        double difference = 0, length = 0;
        for (var i = 0; i < values.Length; i++)
        {
            difference += Math.Pow(values[i] - expected[i], 2);
            length += Math.Pow(expected[i], 2);
        }
        return length == 0 ? Math.Sqrt(difference) : Math.Sqrt(difference / length);
    }
}

namespace RnnLm.Training.Tests.Engines;

/// <summary>Networks, windows and options for the tests of engines, all from small sizes that are not multiples of a vector's.</summary>
internal static class Cases
{
    /// <summary>Options under which every bit follows from the arguments.</summary>
    public static TrainingOptions Options(NetworkShape shape, double dropout = 0, int threads = 2) => new()
    {
        Cell = shape.Cell,
        Layers = shape.Layers,
        EmbeddingSize = shape.EmbeddingSize,
        HiddenSize = shape.HiddenSize,
        ProjectionSize = shape.ProjectionSize,
        Tied = shape.Tied,
        Dropout = dropout,
        Threads = threads,
        Optimizer = new Sgd(),
        GradientClip = 1e9,
        Softmax = shape.AdaptiveSoftmax is { } clusters
            ? new AdaptiveSoftmax { Cutoffs = clusters.Cutoffs, DivisionFactor = clusters.DivisionFactor }
            : new FullSoftmax(),
    };

    /// <summary>An optimizer by its name in a training record, for the data of a test.</summary>
    public static Optimizer Optimizer(string name, double weightDecay = 0) => name switch
    {
        "sgd" => new Sgd { WeightDecay = weightDecay },
        "adam" => new Adam { WeightDecay = weightDecay },
        "adamw" => new AdamW { WeightDecay = weightDecay },
        _ => throw new ArgumentException($"There is no optimizer {name}.", nameof(name)),
    };

    public static NetworkShape Shape(
        CellKind cell, bool tied = false, int layers = 2, int vocabulary = 53, int embedding = 11, int hidden = 19, int? projection = null) => new()
        {
            Cell = cell,
            VocabularySize = vocabulary,
            EmbeddingSize = embedding,
            HiddenSize = hidden,
            ProjectionSize = projection,
            Layers = layers,
            Tied = tied,
        };

    /// <summary>Weights of every parameter, biases included, large enough for the gates to leave their linear range.</summary>
    public static NetworkWeights Weights(NetworkShape shape, int seed = 1)
    {
        var random = new Random(seed);
        var weights = new NetworkWeights(shape);
        foreach (var parameter in weights.Parameters)
        {
            var range = parameter.Columns == 1 ? 0.5 : 1.2 / Math.Sqrt(parameter.Columns);
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] = (float)((2 * random.NextDouble() - 1) * range);
        }
        return weights;
    }

    /// <summary>A window of random words; where that is asked for, some of its targets are padding, and the state is reset before some.</summary>
    public static Window Window(NetworkShape shape, int batch, int length, int seed, bool fresh = false, bool padded = false, bool resets = false)
    {
        var random = new Random(seed);
        var window = new Window(batch, length) { Length = length };
        for (var i = 0; i < window.Inputs.Length; i++)
        {
            window.Inputs[i] = random.Next(shape.VocabularySize);
            window.Targets[i] = padded && random.Next(3) == 0 ? RnnLm.Window.Padding : random.Next(shape.VocabularySize);
            if (window.Targets[i] != RnnLm.Window.Padding) window.TargetCount++;
        }
        if (resets) foreach (ref var reset in window.Resets) reset = random.Next(4) == 0;
        if (fresh) window.Resets[..batch].Fill(true);
        return window;
    }

    public static int[] Stream(NetworkShape shape, int length, int seed = 5)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(shape.VocabularySize))];
    }
}

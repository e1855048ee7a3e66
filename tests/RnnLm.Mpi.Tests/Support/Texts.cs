namespace RnnLm.Mpi.Tests;

/// <summary>Small texts and networks; all of it follows from seeds.</summary>
internal static class Texts
{
    private static readonly string[] Words = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Lines of words of which each is likely to be followed by the next.</summary>
    public static string[] Lines(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Line(random))];
    }

    /// <summary>Options of a small network, without anything that is drawn.</summary>
    public static TrainingOptions Options(Optimizer? optimizer = null, int batchSize = 2) => new()
    {
        Preset = TrainingPreset.Plain,
        Layers = 1,
        EmbeddingSize = 6,
        HiddenSize = 8,
        Dropout = 0,
        StateResetProbability = 0,
        Optimizer = optimizer ?? new Adam { LearningRate = 0.02 },
        BatchSize = batchSize,
        Window = 5,
        Epochs = 2,
        Threads = 1,
    };

    /// <summary>Options with everything that draws, averages and changes in the course of a run.</summary>
    public static TrainingOptions Rich()
    {
        var options = Options();
        options.Layers = 2;
        options.Dropout = 0.2;
        options.StateResetProbability = 0.3;
        options.Regularization = new Regularization { WeightDropout = 0.2, EmbeddingDropout = 0.1, ActivationPenalty = 1, TemporalActivationPenalty = 0.5 };
        options.Softmax = new SampledSoftmax { Samples = 6 };
        options.RandomWindow = options.PartialShuffle = true;
        options.Schedule = new OneCycleSchedule { HighestBeta1 = 0.95, LowestBeta1 = 0.85 };
        options.Averaging = new ExponentialAverage { Interval = 2, Decay = 0.9, Start = 0.3 };
        options.Epochs = 3;
        return options;
    }

    private static string Line(Random random)
    {
        var word = random.Next(Words.Length);
        var line = new List<string>();
        for (var left = random.Next(3, 12); left > 0; left--)
        {
            line.Add(Words[word]);
            word = random.NextDouble() < 0.8 ? (word + 1) % Words.Length : random.Next(Words.Length);
        }
        return string.Join(' ', line);
    }
}

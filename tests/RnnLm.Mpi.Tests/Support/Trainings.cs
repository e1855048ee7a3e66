namespace RnnLm.Mpi.Tests;

/// <summary>Trainings by ranks that are threads.</summary>
internal static class Trainings
{
    /// <summary>Trains on some ranks; each is given options of its own to change.</summary>
    public static TrainedModel[] Train(int ranks, Synchronization synchronization, TrainingOptions options, Action<Communicator, TrainingOptions>? change = null)
        => ThreadRanks.Run(ranks, communicator => TrainOne(communicator, synchronization, options, change));

    /// <summary>Trains on some ranks, which may fail.</summary>
    public static (TrainedModel? Result, Exception? Fault)[] Try(
        int ranks, Synchronization synchronization, TrainingOptions options, Action<Communicator, TrainingOptions>? change = null, Func<Communicator, TimeProvider?>? time = null)
        => ThreadRanks.Try(ranks, communicator => TrainOne(communicator, synchronization, options, change, time?.Invoke(communicator)));

    /// <summary>Trains with the managed engine alone.</summary>
    public static TrainedModel TrainAlone(TrainingOptions options) => Train(new LanguageModelTrainer(options), seed: 1);

    public static void AssertSame(TrainedModel expected, TrainedModel actual)
    {
        AssertSameWeights(expected, actual);
        Assert.Equal(expected.Result.Epochs.Select(FiguresOf), actual.Result.Epochs.Select(FiguresOf));
    }

    public static void AssertSameWeights(TrainedModel expected, TrainedModel actual)
    {
        foreach (var (one, other) in expected.Result.Weights.Parameters.Zip(actual.Result.Weights.Parameters)) Assert.Equal(one.Values, other.Values);
    }

    /// <summary>How far two networks are apart, as a share of the second's weights.</summary>
    public static double Distance(NetworkWeights weights, NetworkWeights expected)
    {
        double difference = 0, length = 0;
        foreach (var (one, other) in weights.Parameters.Zip(expected.Parameters))
        {
            for (var i = 0; i < one.Values.Length; i++)
            {
                difference += Math.Pow(one.Values[i] - other.Values[i], 2);
                length += Math.Pow(other.Values[i], 2);
            }
        }
        return Math.Sqrt(difference / length);
    }

    private static TrainedModel TrainOne(
        Communicator communicator, Synchronization synchronization, TrainingOptions options, Action<Communicator, TrainingOptions>? change, TimeProvider? time = null)
    {
        var own = options.Clone();
        change?.Invoke(communicator, own);
        return Train(new LanguageModelTrainer(own, new MpiEngine(synchronization, () => communicator), time), seed: 1);
    }

    private static TrainedModel Train(LanguageModelTrainer trainer, int seed) => trainer.Train(Tokenizer.Whitespace, Texts.Lines(60, seed), Texts.Lines(12, seed + 1));

    private static (int, long, double, double?, bool) FiguresOf(EpochResult epoch) => (epoch.Epoch, epoch.Words, epoch.TrainingPerplexity, epoch.ValidationPerplexity, epoch.IsBest);
}

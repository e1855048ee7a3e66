using System.Runtime.InteropServices;

namespace RnnLm.Training;

/// <summary>The epochs that have their results.</summary>
internal sealed class EpochHistory
{
    private const string Name = "results";
    private const int NumbersOfOne = 12;
    private const double MostTicks = 1L << 53; // many years, and far from more than a time can be

    private readonly List<EpochResult> epochs = [];

    public IReadOnlyList<EpochResult> Epochs => epochs;

    /// <summary>The words trained on in them.</summary>
    public long Words => epochs.Sum(epoch => epoch.Words);

    public void Add(EpochResult result) => epochs.Add(result);

    public void Save(TrainingState state)
        => state.Set(Name, MemoryMarshal.AsBytes<double>(epochs.SelectMany(NumbersOf).ToArray())); // [epochs, NumbersOfOne]

    public void Restore(TrainingState state)
    {
        var length = state.LengthOf(Name);
        if (length % (NumbersOfOne * sizeof(double)) != 0) throw new InvalidDataException($"The results of epochs have {length} bytes, which is no whole number of epochs.");
        var numbers = new double[length / sizeof(double)];
        state.Get(Name, MemoryMarshal.AsBytes(numbers.AsSpan()));
        var ticks = 0.0;
        foreach (var one in numbers.Chunk(NumbersOfOne))
        {
            ticks += one[7] + one[8];
            if (!CanBe(one) || ticks > MostTicks) throw new InvalidDataException($"The result of epoch {epochs.Count + 1} has numbers that no epoch can have.");
            epochs.Add(ResultOf(one));
        }
    }

    private static double[] NumbersOf(EpochResult epoch) =>
    [
        epoch.Epoch,
        epoch.Share,
        epoch.Words,
        epoch.TrainingPerplexity,
        epoch.ValidationPerplexity ?? double.NaN,
        epoch.ValidationContext is { } context ? (int)context : double.NaN,
        epoch.LearningRate,
        epoch.TrainingTime.Ticks,
        epoch.ValidationTime.Ticks,
        epoch.IsBest ? 1 : 0,
        epoch.IsAveraged ? 1 : 0,
        epoch.IsUndone ? 1 : 0,
    ];

    private static bool CanBe(double[] numbers)
    {
        return IsWhole(numbers[0], 1, int.MaxValue) && IsWhole(numbers[2], 0, 1L << 53) && IsWhole(numbers[7], 0, MostTicks) && IsWhole(numbers[8], 0, MostTicks);

        static bool IsWhole(double number, double least, double most) => number >= least && number <= most && number == Math.Floor(number);
    }

    private static EpochResult ResultOf(double[] numbers) => new()
    {
        Epoch = (int)numbers[0],
        Share = numbers[1],
        Words = (long)numbers[2],
        TrainingPerplexity = numbers[3],
        ValidationPerplexity = double.IsNaN(numbers[4]) ? null : numbers[4],
        ValidationContext = double.IsNaN(numbers[5]) ? null : (EvaluationContext)(int)numbers[5],
        LearningRate = numbers[6],
        TrainingTime = TimeSpan.FromTicks((long)numbers[7]),
        ValidationTime = TimeSpan.FromTicks((long)numbers[8]),
        IsBest = numbers[9] != 0,
        IsAveraged = numbers[10] != 0,
        IsUndone = numbers[11] != 0,
    };
}

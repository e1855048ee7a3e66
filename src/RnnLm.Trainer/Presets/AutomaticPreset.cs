namespace RnnLm.Training;

/// <summary>
/// What <see cref="TrainingPreset.Auto"/> comes to: the largest preset that the corpus is worth and the time is enough for. What a run spends is what the time
/// allows, and no estimate of it; where no time is given, as many epochs as the usual operations are enough for.
/// </summary>
internal static class AutomaticPreset
{
    private const long TooFewToChoose = 20_000;

    // What is spent where no time is given: about half an hour on two cores.
    private const double UsualOperations = 1.5e14;

    /// <summary>The presets from the largest, with the fewest words of a corpus and the fewest epochs that each is worth its cost with.</summary>
    private static readonly (UsualOptions Options, long FewestWords, double FewestEpochs)[] Sizes =
        [(Presets.Large, 1_000_000, 15), (Presets.Medium, 400_000, 6), (Presets.Small, 0, 0)];

    /// <summary>Chooses.</summary>
    /// <param name="basis">What it rests on.</param>
    /// <param name="costOf">The floating-point operations for a word of the corpus with a preset, and what somebody has set beside it.</param>
    public static UsualOptions Choose(PresetBasis basis, Func<UsualOptions, double> costOf)
    {
        if (basis.Words < TooFewToChoose) return Presets.Plain;
        var (options, _, _) = Sizes.First(size => basis.Words >= size.FewestWords && EpochsOf(size.Options) >= size.FewestEpochs);
        return basis.TimeLimit is null ? options with { Epochs = (int)Math.Clamp(EpochsOf(options), 1, options.Epochs) } : options;

        double EpochsOf(UsualOptions of)
        {
            var cost = costOf(of);
            return (basis.WordsInTime(cost) ?? UsualOperations / cost) / basis.Words;
        }
    }
}

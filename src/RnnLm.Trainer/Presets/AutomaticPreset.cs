namespace RnnLm.Training;

/// <summary>What <see cref="TrainingPreset.Auto"/> comes to.</summary>
internal static class AutomaticPreset
{
    private const long TooFewToChoose = 20_000;

    /// <summary>Chooses.</summary>
    public static UsualOptions Choose(PresetBasis basis)
    {
        if (basis.Words < TooFewToChoose) return Presets.Plain;
        return basis.Words < 300_000 ? Presets.Small : Presets.Medium;
    }
}

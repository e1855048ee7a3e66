namespace RnnLm.Training;

/// <summary>
/// Draws the settings of trials at random (Bergstra and Bengio 2012), no two of them the same. What does not go together is drawn again; it becomes a trial, which is refused,
/// only where there is too little else.
/// </summary>
internal static class TrialSettings
{
    // So often a draw may have been there already before it is taken that there are no others.
    private const uint MostDraws = 1000;

    public static IReadOnlyList<SweepSettings> Of(SweepOptions options)
    {
        var drawn = new List<SweepSettings>();
        if (options.FirstTrial is { } first) drawn.Add(first);
        var known = drawn.Select(settings => settings.ToString()).ToHashSet();
        var refused = new List<SweepSettings>();
        while (drawn.Count < options.Trials)
        {
            var settings = Enumerable.Range(0, (int)MostDraws).Select(attempt => Draw(options, drawn.Count, (uint)attempt)).FirstOrDefault(IsNew);
            if (settings is null) break;
            drawn.Add(settings);
        }
        return [.. drawn, .. refused.Take(options.Trials - drawn.Count)];

        bool IsNew(SweepSettings settings)
        {
            if (!known.Add(settings.ToString())) return false;
            if (GoTogether(options, settings)) return true;
            refused.Add(settings);
            return false;
        }
    }

    private static bool GoTogether(SweepOptions options, SweepSettings settings)
    {
        try
        {
            options.OptionsOf(settings)?.Validate();
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or NotSupportedException)
        {
            return false;
        }
    }

    private static SweepSettings Draw(SweepOptions options, int trial, uint attempt)
    {
        var all = new SweepSettings(options.Parameters.Select((parameter, place) =>
            KeyValuePair.Create(parameter.Name, parameter.Draw(new CounterGenerator(options.Seed, trial, place).At(attempt)))));
        return new SweepSettings(options.Parameters.Where(parameter => parameter.Applies(all)).Select(parameter => KeyValuePair.Create(parameter.Name, all[parameter.Name])));
    }
}

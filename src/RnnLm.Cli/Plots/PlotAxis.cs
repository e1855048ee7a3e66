namespace RnnLm.Cli.Plots;

/// <summary>What a learning curve is drawn over.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="ValueOf">Its value at a point; null where that is not known.</param>
/// <param name="Units">Units that values are shown in, from the smallest; the last that is not too large for the greatest value is taken.</param>
sealed record PlotAxis(string Name, Func<HistoryPoint, double?> ValueOf, params (double Size, string Label)[] Units)
{
    public static PlotAxis Time { get; } = new("time", point => point.Elapsed.TotalSeconds, (1, "seconds"), (60, "minutes"), (3600, "hours"), (86_400, "days"));

    public static PlotAxis Words { get; } = new("words", point => point.Words, (1, "words trained on"), (1e3, "thousand words trained on"), (1e6, "million words trained on"), (1e9, "billion words trained on"));

    public static PlotAxis Epochs { get; } = new("epochs", point => point.Epochs, (1, "epochs"));

    public static IReadOnlyList<PlotAxis> All { get; } = [Time, Words, Epochs];

    /// <summary>The unit for values up to a greatest.</summary>
    public (double Size, string Label) UnitFor(double greatest) => Units.LastOrDefault(unit => greatest >= 2 * unit.Size, Units[0]);
}

namespace RnnLm.Benchmarks.Kill;

/// <summary>A training that nobody killed: what the killed ones must come to in the end.</summary>
/// <param name="Model">The file of its model.</param>
/// <param name="Epochs">What it told of each epoch, times left out.</param>
/// <param name="Duration">How long it took, with checkpoints.</param>
/// <param name="EpochEnds">When each epoch's end was heard of.</param>
/// <param name="Steps">How many windows it was trained on.</param>
sealed record KillReference(
    string Model, IReadOnlyDictionary<int, string> Epochs, TimeSpan Duration, IReadOnlyList<TimeSpan> EpochEnds, long Steps)
{
    private static readonly string[] Times = ["wordsPerSecond", "seconds"];

    /// <summary>What a training told of each epoch, times left out.</summary>
    public static Dictionary<int, string> EpochsOf(TrainingProcess process) => process.EventsOf("epoch").ToDictionary(
        heard => heard.Event.GetProperty("epoch").GetInt32(),
        heard => string.Join(", ", heard.Event.EnumerateObject()
            .Where(property => !Times.Contains(property.Name))
            .Select(property => $"{property.Name} {property.Value.GetRawText()}")));
}

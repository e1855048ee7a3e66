namespace RnnLm.Cli.Filters;

/// <summary>A line that a filter answers with a line.</summary>
/// <param name="Text">The text in it; null where there is none to be had.</param>
/// <param name="Fault">Why it cannot be answered; null where it can.</param>
/// <param name="Columns">Of a line of JSON, its members as they stand, without the brace at their end; null where it has none, and of any other.</param>
readonly record struct FilterLine(string? Text, string? Fault = null, string? Columns = null)
{
    /// <summary>How many characters it has.</summary>
    public int Length => (Text?.Length ?? 0) + (Columns?.Length ?? 0);
}

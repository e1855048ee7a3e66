using System.Text.Json;
using RnnLm.Cli.Answers;
using RnnLm.Wording;

namespace RnnLm.Cli.Output;

/// <summary>Tells of each trial of a tuning in a line: for people beside the results, or for programs as one of them.</summary>
/// <param name="terminal">Receives the lines.</param>
/// <param name="json">Whether they are for programs.</param>
sealed class TrialLines(Terminal terminal, bool json) : IProgress<TuningTrial>
{
    public void Report(TuningTrial value)
    {
        if (json)
        {
            terminal.Out.WriteJson(new TuningTrialLine(value.Kind, value.Settings, value.Perplexity, value.IsBest, value.Elapsed.TotalSeconds));
            terminal.Out.Flush();
            return;
        }
        var figure = value.Perplexity is { } perplexity ? Printable.Invariant($"perplexity {perplexity:F2}") : "given up";
        var settings = value.Settings.Length > 0 ? $" with {value.Settings}" : "";
        terminal.Tell(Printable.Invariant($"{TitleOf(value.Kind).Trim()}: {figure}{(value.IsBest ? " (best)" : "")}{settings}, {TimeText.Of(value.Elapsed)}."));
    }

    /// <summary>The name of what was tried, in JSON.</summary>
    public static string NameOf(TuningKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>What was tried, as the beginning of a row of figures.</summary>
    public static string TitleOf(TuningKind kind) => kind switch
    {
        TuningKind.Network => "network        ",
        TuningKind.Cache => "with cache     ",
        TuningKind.NGram => "with n-grams   ",
        TuningKind.CacheAndNGram => "with both      ",
        TuningKind.Dynamic => "dynamic        ",
        _ => "together       ",
    };
}

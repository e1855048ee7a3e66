using RnnLm.Cli.Output;
using RnnLm.Training;
using RnnLm.Wording;

namespace RnnLm.Cli.Flags;

/// <summary>Why a sweep does not go on, in the command line's own words.</summary>
static class SweepDifferences
{
    private const string Text = "TEXT";
    private const string Validation = "--validation";

    /// <summary>What may be another each time.</summary>
    private static readonly string[] Free = ["--time", "--output", "--checkpoint", "--resume", "--json", EngineFlag.Libtorch];

    /// <summary>The flags that decide what has a name in the record of a sweep.</summary>
    private static readonly Dictionary<string, string> Flags = new()
    {
        ["trials"] = "--runs",
        ["limited_by"] = "what limits it, --time or --epochs,",
        ["seed"] = "--seed",
        ["first_trial"] = "what the first trial has",
        ["parameters"] = "what is searched",
        ["engine"] = EngineFlag.Name,
        ["tokenizer"] = "--tokenizer",
        ["vocabulary"] = "the vocabulary",
        ["corpus"] = Text,
        ["validation"] = Validation,
    };

    /// <summary>Says what is not as it was, and what would be right.</summary>
    /// <param name="folder">The folder of the sweep.</param>
    /// <param name="differences">The differences, at least one.</param>
    /// <param name="given">The command line.</param>
    /// <param name="earlier">The command line that the sweep keeps; null where it keeps none.</param>
    /// <returns>What to throw: the command line is at fault where it says something anew, and what it names where that has changed.</returns>
    public static Exception Explain(string folder, IReadOnlyList<CheckpointDifference> differences, KeptCommandLine given, KeptCommandLine? earlier)
    {
        var anew = earlier is null ? [] : given.Texts.Keys.Where(flag => !Free.Contains(flag) && !IsAsItWas(flag, given, earlier)).ToList();
        // The settings of trials follow from what was given anew.
        var sentences = anew.Count > 0
            ? anew.Select(flag => $"{flag} was {Written(earlier!.Texts.GetValueOrDefault(flag) ?? WasOf(flag, differences))} and is {Written(given.Texts[flag])}.")
            : differences.Select(difference => $"{NameOf(difference)} was {difference.Was ?? "not given"} and is {difference.Now ?? "not given"}.");
        var explanation = $"The folder {Printable.Quotation(folder)} has another sweep. {string.Join(' ', sentences)} "
            + $"{(anew.Count == 0 ? "Give all as it was" : $"Leave {CountText.Choose(anew.Count, "it", "them")} out")}, or begin another sweep in another folder with --checkpoint.";
        return anew.Count > 0 ? new UsageException(explanation) : new InvalidDataException(explanation);
    }

    private static bool IsAsItWas(string flag, KeptCommandLine given, KeptCommandLine earlier)
        => earlier.Texts.TryGetValue(flag, out var was) && Comparable(flag, was).SequenceEqual(Comparable(flag, given.Texts[flag]));

    private static IEnumerable<string> Comparable(string flag, string[] texts) => flag is Text or Validation ? texts.Select(Path.GetFullPath) : texts;

    /// <summary>What a flag was that was not given, where the sweep knows.</summary>
    private static string[] WasOf(string flag, IReadOnlyList<CheckpointDifference> differences)
        => differences.FirstOrDefault(difference => NameOf(difference) == flag)?.Was is { } was ? [was] : [];

    private static string NameOf(CheckpointDifference difference) => Flags.GetValueOrDefault(difference.Name, difference.Name.Replace('_', ' '));

    private static string Written(string[] texts) => texts.Length == 0 ? "not given" : Printable.Line(string.Join(' ', texts));
}

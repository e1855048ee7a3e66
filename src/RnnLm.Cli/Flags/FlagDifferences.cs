using RnnLm.Cli.Output;
using RnnLm.Training;

namespace RnnLm.Cli.Flags;

/// <summary>Why a training does not go on from a checkpoint, in the command line's own words.</summary>
static class FlagDifferences
{
    private const string Text = "TEXT";
    private const string Validation = "--validation";

    /// <summary>The flags that decide what has a name in a checkpoint.</summary>
    private static readonly Dictionary<string, string[]> Flags = new()
    {
        ["cell"] = ["--cell"],
        ["layers"] = ["--layers"],
        ["embedding_size"] = ["--embedding"],
        ["hidden_size"] = ["--hidden"],
        ["tied"] = ["--tied"],
        ["dropout"] = ["--dropout"],
        ["softmax"] = ["--softmax"],
        ["sample_count"] = ["--samples"],
        ["sampler"] = ["--sampler"],
        ["adaptive_cutoffs"] = ["--cutoffs"],
        ["optimizer"] = ["--optimizer"],
        ["learning_rate"] = ["--learning-rate"],
        ["gradient_clip"] = ["--clip"],
        ["state_reset_probability"] = ["--state-reset"],
        ["batch_size"] = ["--batch"],
        ["window"] = ["--window"],
        ["seed"] = ["--seed"],
        ["threads"] = ["--threads"],
        ["engine"] = ["--engine", "--device"],
        ["tokenizer"] = ["--tokenizer", "--lower-case"],
        ["vocabulary"] = ["--vocabulary-size", "--minimum-count"],
        ["corpus"] = [Text],
        ["validation"] = [Validation],
        ["initial_weights"] = ["--initial"],
    };

    /// <summary>Says what is not as it was, and what would be right.</summary>
    /// <param name="differences">The differences, at least one.</param>
    /// <param name="given">The command line.</param>
    /// <param name="earlier">The command line that the checkpoint keeps; null where it keeps none.</param>
    public static string Explain(IReadOnlyList<CheckpointDifference> differences, KeptCommandLine given, KeptCommandLine? earlier)
    {
        // One flag may change much: what follows from what was given anew is not told.
        var anew = earlier is null ? [] : differences.SelectMany(FlagsOf).Distinct().Where(flag => IsAnew(flag, given, earlier)).ToList();
        IEnumerable<string> sentences = anew.Count > 0
            ? anew.Select(flag => Sentence(flag, differences, given, earlier!))
            : differences.Where(difference => difference.Name != "vocabulary" || differences.All(other => other.Name != "corpus"))
                .Select(difference => Sentence(difference, given));
        var right = anew is [Text] or [Validation] ? "Give the text that it was"
            : anew.Count > 0 ? $"Leave {(anew.Count == 1 ? "it" : "them")} out"
            : differences.All(difference => difference.Name is "corpus" or "vocabulary" or "validation") ? "Give the text that it was"
            : "Give all that it was";
        return $"This is not the training of the checkpoint. {string.Join(' ', sentences)} {right}, or begin a new training in another folder with --checkpoint.";
    }

    private static string[] FlagsOf(CheckpointDifference difference) => Flags.GetValueOrDefault(difference.Name, []) is var flags && difference.Name is "vocabulary" or "corpus"
        ? [.. Flags["tokenizer"], .. Flags["vocabulary"], .. flags]
        : flags;

    private static bool IsAnew(string flag, KeptCommandLine given, KeptCommandLine earlier)
        => given.Texts.TryGetValue(flag, out var now) && !(earlier.Texts.TryGetValue(flag, out var was) && was.SequenceEqual(now));

    /// <summary>What was given anew, and what it was.</summary>
    private static string Sentence(string flag, IReadOnlyList<CheckpointDifference> differences, KeptCommandLine given, KeptCommandLine earlier)
    {
        var now = given.Texts[flag];
        if (now.Length == 0) return $"{flag} is given now, and was not.";
        // What was not given was what it usually is, which the checkpoint knows where the flag alone decides it.
        var was = earlier.Texts.TryGetValue(flag, out var texts) ? string.Join(' ', texts) : differences.FirstOrDefault(difference => FlagsOf(difference) is [var only] && only == flag)?.Was?.Replace('_', '-');
        return $"{flag} was {Printable.Line(was ?? "not given")} and is {Printable.Line(string.Join(' ', now))}.";
    }

    /// <summary>What is not as it was, though no flag says so.</summary>
    private static string Sentence(CheckpointDifference difference, KeptCommandLine given)
    {
        var name = Flags.TryGetValue(difference.Name, out var flags) ? flags[0] : difference.Name.Replace('_', ' ');
        if (flags is [Text] or [Validation] && given.Texts.TryGetValue(name, out var paths))
            name += $", {string.Join(' ', paths.Select(Printable.Quotation))},";
        return $"{name} was {difference.Was ?? "not given"} and is {difference.Now ?? "not given"}.";
    }
}

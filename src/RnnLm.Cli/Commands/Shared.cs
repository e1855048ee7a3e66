using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary>What several commands share.</summary>
static class Shared
{
    private const string StandardInput = "-";

    /// <summary>The names of the recurrent cells.</summary>
    public static string[] Cells { get; } = [.. Enum.GetNames<CellKind>().Select(name => name.ToLowerInvariant())];

    public static Argument<string> ModelArgument() => new("MODEL") { Description = "A model file, as train and import write them." };

    public static Option<string> OutputOption() => new("--output", "-o") { Description = "The model file to write.", Required = true };

    public static Argument<string[]> TextArgument(string description, ArgumentArity arity)
    {
        var argument = new Argument<string[]>("TEXT") { Description = description, Arity = arity };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    public static Argument<string[]> PromptArgument()
        => new("PROMPT") { Description = "The text to continue; without one, standard input, a prompt a line.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>An option that is misspelt would otherwise be taken for the name of a file.</summary>
    private static void RefuseOptions(ArgumentResult argument)
    {
        foreach (var token in argument.Tokens.Where(token => token.Value.StartsWith("--", StringComparison.Ordinal)))
            argument.AddError($"There is no option {token.Value}; --help lists them. (A file of that name is ./{token.Value}.)");
    }

    public static Option<bool> JsonOption() => new("--json") { Description = "Write JSON, an object a line, and nothing else on standard output." };

    public static TimeSpan? ParseTime(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (TimeSpan.TryParseExact(text, ["c", @"h\:m\:s"], CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero) return time;
        argument.AddError($"\"{text}\" is not a time above zero; write it as HH:MM:SS, 00:30:00 for half an hour.");
        return null;
    }

    /// <summary>The lines of files one after the other; <c>-</c>, and no file at all, mean standard input.</summary>
    public static IEnumerable<string> ReadLines(IReadOnlyList<string> paths, Terminal terminal)
    {
        foreach (var path in paths.Count == 0 ? [StandardInput] : paths)
        {
            var lines = path == StandardInput ? TextLines.Read(terminal.OpenInput(), "standard input") : TextLines.Read(path);
            foreach (var line in lines) yield return line;
        }
    }

    /// <summary>Whether <see cref="ReadLines"/> reads standard input, among files or alone.</summary>
    public static bool ReadsStandardInput(IReadOnlyList<string> paths) => paths.Count == 0 || paths.Contains(StandardInput);

    /// <summary>The prompts on the command line, or where there are none, the lines of standard input.</summary>
    public static IEnumerable<string> ReadPrompts(IReadOnlyList<string>? prompts, Terminal terminal)
        => prompts is { Count: > 0 } ? prompts : ReadLines([], terminal);
}

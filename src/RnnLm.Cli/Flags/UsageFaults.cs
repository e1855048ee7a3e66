using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;
using RnnLm.Cli.Output;
using RnnLm.Wording;

namespace RnnLm.Cli.Flags;

/// <summary>What is wrong with a command line, found in the order in which one fault explains the next.</summary>
static class UsageFaults
{
    /// <summary>The fault, a sentence or a few; null where there is none.</summary>
    /// <param name="parsed">The command line as it was understood.</param>
    /// <param name="arguments">The command line as it was written.</param>
    public static string? Find(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        if (IsPlain(parsed, arguments)) return null;
        var command = parsed.CommandResult;
        if (SingleDash(command, arguments) is { } fault) return fault;
        if (parsed.Action is { ClearsParseErrors: true }) return null; // somebody asks for help
        if (AsksForSuggestions(parsed)) return null;
        return UnknownFlag(parsed) ?? RepeatedFlag(command) ?? ValueOfSwitch(command, arguments) ?? FlagWithoutValue(command)
            ?? NoCommand(parsed) ?? OneTooMany(parsed) ?? Missing(command) ?? Others(parsed);
    }

    /// <summary>Whether nothing was found in parsing and every dash begins a flag of its own, as in almost all command lines: they need no second look.</summary>
    private static bool IsPlain(ParseResult parsed, IReadOnlyList<string> arguments)
    {
        if (parsed.Errors.Count > 0) return false;
        var flags = new HashSet<string>();
        foreach (var option in parsed.CommandResult.Command.Options)
        {
            flags.Add(option.Name);
            flags.UnionWith(option.Aliases);
        }
        foreach (var argument in arguments)
        {
            if (argument is ['-', _, ..] && !flags.Remove(argument)) return false;
        }
        return true;
    }

    /// <summary>Whether a shell asks how the command line that is its argument may go on.</summary>
    private static bool AsksForSuggestions(ParseResult parsed)
        => parsed.RootCommandResult.Command is RootCommand root && root.Directives.OfType<SuggestDirective>().Any(directive => parsed.GetResult(directive) is not null);

    /// <summary>A long flag with one dash, as <c>-output</c>, would otherwise be a short one with the rest as its value.</summary>
    private static string? SingleDash(CommandResult command, IReadOnlyList<string> arguments)
    {
        var names = command.Command.Options.Select(option => option.Name).Where(name => name.Length > 2).ToHashSet();
        var written = arguments.TakeWhile(argument => argument != "--").Select(argument => argument.Split('=', ':')[0]).FirstOrDefault(name => names.Contains($"-{name}"));
        return written is null ? null : $"There is no option {Printable.Quotation(written)}. Did you mean -{written}?";
    }

    /// <summary>A flag that is misspelt would otherwise be taken for a text, or for the name of a file.</summary>
    private static string? UnknownFlag(ParseResult parsed)
    {
        var positional = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)
            .Concat(parsed.UnmatchedTokens).ToList();
        var afterDashes = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Count(token => token.Type != TokenType.DoubleDash);
        var unknown = positional.Take(positional.Count - afterDashes).FirstOrDefault(text => text is ['-', _, ..]);
        if (unknown is null) return null;
        var name = unknown.Split('=', ':')[0];
        string[] names = [.. parsed.CommandResult.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name))];
        return $"There is no option {Printable.Quotation(name)}.{Resemblance.Question(name, names)} A text or file that begins with - goes after --.";
    }

    private static string? RepeatedFlag(CommandResult command)
        => Flags(command).FirstOrDefault(flag => flag.IdentifierTokenCount > 1) is { } repeated ? $"{repeated.Option.Name} is given more than once." : null;

    /// <summary>What is written to the value of a flag that has none, as in <c>--json=yes</c>, would otherwise be taken for a text.</summary>
    private static string? ValueOfSwitch(CommandResult command, IReadOnlyList<string> arguments)
        => Flags(command).Where(flag => flag.Option.Arity.MaximumNumberOfValues == 0).Select(flag => flag.Option.Name)
            .FirstOrDefault(name => arguments.Any(argument => argument.StartsWith($"{name}=", StringComparison.Ordinal) || argument.StartsWith($"{name}:", StringComparison.Ordinal)))
            is { } name ? $"{name} takes no value." : null;

    private static string? FlagWithoutValue(CommandResult command)
        => Flags(command).FirstOrDefault(flag => flag.Tokens.Count < flag.Option.Arity.MinimumNumberOfValues) is { } empty
            ? $"{empty.Option.Name} needs a value."
            : null;

    private static string? NoCommand(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is not RootCommand root) return null;
        var names = root.Subcommands.Select(command => command.Name).ToList();
        return parsed.UnmatchedTokens is [var unknown, ..]
            ? $"There is no command {Printable.Quotation(unknown)}{(Resemblance.Question(unknown, names) is { Length: > 0 } question ? $".{question}" : $"; there are {string.Join(", ", names)}.")}"
            : $"Name a command: {string.Join(", ", names)}.";
    }

    private static string? OneTooMany(ParseResult parsed)
        => parsed.UnmatchedTokens is [var surplus, ..] ? $"There is one argument too many, {Printable.Quotation(surplus)}." : null;

    private static string? Missing(CommandResult command)
    {
        var arguments = command.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && command.GetResult(argument) is not { Tokens.Count: > 0 })
            .Select(argument => argument.Name);
        var options = command.Command.Options.Where(option => option.Required && command.GetResult(option) is not { Implicit: false }).Select(option => option.Name);
        return Missing([.. arguments, .. options]);
    }

    /// <summary>Says that something is missing; null where nothing is.</summary>
    public static string? Missing(IReadOnlyList<string> names)
        => names.Count == 0 ? null : $"{string.Join(" and ", names)} {CountText.Choose(names.Count, "is", "are")} missing.";

    private static string? Others(ParseResult parsed)
        => parsed.Errors.Count == 0 ? null : string.Join(' ', parsed.Errors.Select(error => error.Message).Distinct());

    private static IEnumerable<OptionResult> Flags(CommandResult command) => command.Children.OfType<OptionResult>().Where(flag => !flag.Implicit);
}

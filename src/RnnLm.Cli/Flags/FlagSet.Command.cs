using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using RnnLm.Cli.Help;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Flags;

/// <content>The command that flags make: how its command line is completed, set, checked and, where something is wrong with it, explained.</content>
sealed partial class FlagSet
{
    /// <summary>A command with these flags.</summary>
    /// <param name="name">Its verb.</param>
    /// <param name="description">Its help.</param>
    /// <param name="run">Runs it when everything is set, and returns the exit code.</param>
    public Verb ToCommand(string name, string description, Func<int> run)
    {
        var command = new Verb(name, description, examples);
        foreach (var argument in arguments) command.Add(argument);
        foreach (var option in options) command.Add(option);
        command.SetAction(given =>
        {
            var parsed = Complete(given, command);
            foreach (var set in setters) set(parsed);
            CheckOptions();
            files.Check(takenOver);
            try
            {
                return run();
            }
            catch (ModelFormatException fault) when (fault.IsUnsuited)
            {
                throw new UsageException(Explain(fault).Replace($"{Environment.NewLine}- ", " ", StringComparison.Ordinal).ReplaceLineEndings(" "));
            }
            // What goes wrong with what the options were given for is told with the flags too.
            catch (Exception fault) when (fault is ArgumentException or InvalidOperationException or NotSupportedException or FormatException)
            {
                throw new ArgumentException(Explain(fault), fault);
            }
        });
        return command;
    }

    /// <summary>Checks what was given on the command line against what has been read, such as a model: what does not suit it is wrong with the command line.</summary>
    /// <param name="check">Throws where something does not suit.</param>
    /// <exception cref="UsageException">Something does not suit.</exception>
    public void Suit(Action check) => Suit(() =>
    {
        check();
        return true;
    });

    /// <inheritdoc cref="Suit(Action)"/>
    public TValue Suit<TValue>(Func<TValue> check)
    {
        try
        {
            return check();
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            throw new UsageException(AsGiven(Explain(fault).ReplaceLineEndings(" ")));
        }
    }

    /// <summary>What an exception says of options, in words of the flags that set them.</summary>
    public string Explain(Exception fault) => WithFlags(FaultMessage.Of(fault));

    /// <summary>Whether a command line names an earlier one that has not been looked for yet.</summary>
    private bool IsIncomplete(SymbolResult command) => !isComplete && earlierFolder is not null && command.GetResult(earlierFolder) is { Implicit: false };

    /// <summary>The command line with what the earlier one has beside it.</summary>
    private ParseResult Complete(ParseResult given, Command command)
    {
        Given = KeptCommandLine.Of(given.CommandResult);
        if (!IsIncomplete(given.CommandResult)) return given;

        Earlier = findEarlier(given.GetRequiredValue<string>(earlierFolder!.Name))?.WithWholePaths(paths, texts);
        var now = Given.Texts.Keys;
        Given = Earlier?.CompletedBy(Given, texts) ?? Given;
        takenOver = Given.Texts.Keys.Except(now).ToHashSet();
        isComplete = true;
        var parsed = command.Parse(Written, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return UsageFaults.Find(parsed, Written) is { } fault ? throw new UsageException(fault) : parsed;
    }

    private void CheckOptions()
    {
        foreach (var check in checks) Suit(check);
        foreach (var (name, text) in tooLong) throw new UsageException($"{name} is {text}; {Values.RangeOf(text)}.");
    }

    /// <summary>Sentences about flags with the numbers that were given, where others stand for them.</summary>
    private string AsGiven(string sentences)
        => tooLong.Aggregate(sentences, (all, number) => all.Replace(Printable.Invariant($"{number.Key} is {Limit(number.Value):N0};"), $"{number.Key} is {number.Value};", StringComparison.Ordinal));

    private static int Limit(string tooLong) => tooLong.StartsWith('-') ? int.MinValue : int.MaxValue;

    private int ReadWhole(string name, string text)
    {
        if (!Values.IsTooLong(text)) return Values.Whole(text);
        tooLong[name] = text;
        return Limit(text); // what checks the option knows its range
    }

    /// <summary>Sentences about options as sentences about the flags that set them, of which one that is null is left out; what is quoted in them stays.</summary>
    private string WithFlags(string sentences) => OptionOrQuotation().Replace(sentences, match => match.Groups["option"].Value is var option && option == "null"
        ? "left out"
        : flagsOfOptions.GetValueOrDefault(option, match.Value));

    [GeneratedRegex("""
        "[^"]*"|(?:[A-Za-z]+\.)*(?<option>[A-Za-z]+[0-9]?)
        """, RegexOptions.CultureInvariant)]
    private static partial Regex OptionOrQuotation();
}

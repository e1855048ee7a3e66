using System.CommandLine;
using System.CommandLine.Parsing;

namespace RnnLm.Cli.Flags;

/// <summary>A flag that chooses among cases by their names, for the flags that go with one case of it.</summary>
/// <param name="option">The flag.</param>
/// <param name="usual">The case that is taken where the flag is not given; null where none is.</param>
/// <param name="cases">The names of the cases.</param>
/// <param name="isIncomplete">Whether more is yet to be put on a command line: what is not given may be there then.</param>
sealed class Choice(Option<string> option, string? usual, IReadOnlyCollection<string> cases, Predicate<SymbolResult> isIncomplete) : Flag(option)
{
    /// <summary>The case that is taken where the flag is not given; null where none is.</summary>
    public string? Usual => usual;

    /// <summary>
    /// The case that is chosen on the command line of another flag; null where that is not known yet, or what is written is no case, which is refused elsewhere.
    /// </summary>
    public string? ChosenBeside(OptionResult other)
    {
        // Not the value itself: where it is no case, asking for it throws.
        var written = other.GetResult(option) is { Implicit: false } own ? own.Tokens.FirstOrDefault()?.Value : isIncomplete(other) ? null : usual;
        return written is not null && cases.Contains(written) ? written : null;
    }
}

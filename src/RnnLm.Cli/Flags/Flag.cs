using System.CommandLine;
using System.CommandLine.Parsing;

namespace RnnLm.Cli.Flags;

/// <summary>A flag that has been declared, for the rest of its row.</summary>
/// <param name="option">The flag.</param>
/// <param name="check">Adds what is checked when the flags are set.</param>
class Flag(Option option, Action<Action<ParseResult>> check)
{
    /// <summary>The flag makes sense with one case of a choice only; with another the command line is wrong.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="case">The name of the case.</param>
    /// <param name="because">Why not with another case, of which it takes the name; it ends the sentence that refuses the flag.</param>
    public void GoesWith(Choice choice, string @case, Func<string, string>? because = null)
        => option.Validators.Add(given =>
        {
            if (Refusal(given, choice, @case, because) is { } refusal) given.AddError(refusal);
        });

    /// <summary>The flag makes sense with one case of a choice only, as in <see cref="GoesWith"/>; with another the command fails.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="case">The name of the case.</param>
    /// <param name="because">Why not with another case, of which it takes the name; it ends the sentence that refuses the flag.</param>
    public void FailsUnless(Choice choice, string @case, Func<string, string>? because = null)
        => check(parsed =>
        {
            if (parsed.GetResult(option) is { } given && Refusal(given, choice, @case, because) is { } refusal) throw new ArgumentException(refusal);
        });

    private static string? Refusal(OptionResult given, Choice choice, string @case, Func<string, string>? because)
    {
        if (given.Implicit || (given.Option is Option<bool> @switch && !given.GetValue(@switch))) return null;
        if (choice.ChosenBeside(given) is not { } chosen || chosen == @case) return null;
        return $"{given.Option.Name} goes with {choice.Name} {@case}{(because is null ? "" : $"; {because(chosen)}")}.";
    }
}

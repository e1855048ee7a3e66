using System.CommandLine;

namespace RnnLm.Cli.Flags;

/// <summary>A flag that has been declared, for the rest of its row.</summary>
class Flag(Option option)
{
    /// <summary>Its name, with the dashes.</summary>
    public string Name => option.Name;

    /// <summary>With what it makes sense alone.</summary>
    public List<FlagCondition> Conditions { get; } = [];

    /// <summary>The flag makes sense with one case of a choice only.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="case">The name of the case.</param>
    /// <param name="because">Why not with another case, of which it takes the name; it ends the sentence that refuses the flag.</param>
    public void GoesWith(Choice choice, string @case, Func<string, string>? because = null)
    {
        Conditions.Add(new FlagCondition(choice.Name, @case, choice.Usual, IsExcluded: false));
        option.Validators.Add(given =>
        {
            if (!given.Implicit && choice.ChosenBeside(given) is { } chosen && chosen != @case)
                given.AddError($"{Name} goes with {choice.Name} {@case}{(because is null ? "" : $"; {because(chosen)}")}.");
        });
    }

    /// <summary>The flag makes sense with some cases of a choice only.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="cases">The names of the cases.</param>
    public void GoesWithAny(Choice choice, params string[] cases)
        => option.Validators.Add(given =>
        {
            if (!given.Implicit && choice.ChosenBeside(given) is { } chosen && !cases.Contains(chosen))
                given.AddError($"{Name} goes with {choice.Name} {string.Join(" or ", cases)}.");
        });

    /// <summary>The flag makes no sense with one case of a choice.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="case">The name of the case.</param>
    /// <param name="because">Why not; it ends the sentence that refuses the flag.</param>
    public void DoesNotGoWith(Choice choice, string @case, string because)
    {
        Conditions.Add(new FlagCondition(choice.Name, @case, choice.Usual, IsExcluded: true));
        option.Validators.Add(given =>
        {
            if (!given.Implicit && choice.ChosenBeside(given) == @case) given.AddError($"{Name} does not go with {choice.Name} {@case}; {because}.");
        });
    }
}

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
    public void GoesWith(Choice choice, string @case, Func<string, string>? because = null) => Require(choice, [@case], isExcluded: false, because);

    /// <summary>The flag makes sense with some cases of a choice only.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="cases">The names of the cases.</param>
    public void GoesWithAny(Choice choice, params string[] cases) => Require(choice, cases, isExcluded: false, because: null);

    /// <summary>The flag makes no sense with one case of a choice.</summary>
    /// <param name="choice">The choice.</param>
    /// <param name="case">The name of the case.</param>
    /// <param name="because">Why not; it ends the sentence that refuses the flag.</param>
    public void DoesNotGoWith(Choice choice, string @case, string because) => Require(choice, [@case], isExcluded: true, _ => because);

    private void Require(Choice choice, string[] cases, bool isExcluded, Func<string, string>? because)
    {
        var condition = new FlagCondition(choice.Name, cases, choice.Usual, isExcluded);
        Conditions.Add(condition);
        option.Validators.Add(given =>
        {
            if (!given.Implicit && choice.ChosenBeside(given) is { } chosen && !condition.Holds(chosen))
                given.AddError($"{Name} {condition}{(because is null ? "" : $"; {because(chosen)}")}.");
        });
    }
}

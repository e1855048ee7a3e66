namespace RnnLm.Cli.Flags;

/// <summary>That a flag makes sense with some cases of a choice alone, or with all but some.</summary>
/// <param name="Choice">The name of the choice.</param>
/// <param name="Cases">The cases.</param>
/// <param name="Usual">The case that is taken where none is given; null where none is.</param>
/// <param name="IsExcluded">Whether they are the cases that it does not go with.</param>
sealed record FlagCondition(string Choice, IReadOnlyList<string> Cases, string? Usual, bool IsExcluded)
{
    /// <summary>Whether it holds where a case is given; null where none is.</summary>
    public bool Holds(string? given) => ((given ?? Usual) is { } chosen && Cases.Contains(chosen)) != IsExcluded;

    /// <summary>It as a sentence that refuses a flag says it.</summary>
    public override string ToString() => $"{(IsExcluded ? "does not go" : "goes")} with {Choice} {string.Join(" or ", Cases)}";
}

namespace RnnLm.Cli.Flags;

/// <summary>That a flag makes sense with one case of a choice alone, or with all but one.</summary>
/// <param name="Choice">The name of the choice.</param>
/// <param name="Case">The case.</param>
/// <param name="Usual">The case that is taken where none is given; null where none is.</param>
/// <param name="IsExcluded">Whether it is the case that it does not go with.</param>
sealed record FlagCondition(string Choice, string Case, string? Usual, bool IsExcluded)
{
    /// <summary>Whether it holds where a case is given; null where none is.</summary>
    public bool Holds(string? given) => ((given ?? Usual) == Case) != IsExcluded;
}

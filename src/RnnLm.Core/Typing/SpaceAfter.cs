namespace RnnLm.Typing;

/// <summary>What becomes of the space that comes with a suggestion.</summary>
internal enum SpaceAfter
{
    /// <summary>None comes, or the line is at its end.</summary>
    None,

    /// <summary>It is the one that the text has there.</summary>
    Wanted,

    /// <summary>It goes by itself when the next character is typed, which stands close to the word.</summary>
    Own,

    /// <summary>It must be taken back.</summary>
    InTheWay,
}

namespace RnnLm;

/// <summary>Two pieces that become one where they stand side by side.</summary>
/// <param name="Left">The first.</param>
/// <param name="Right">The second; where it ends a word, so does what they become.</param>
public readonly record struct SubwordMerge(string Left, string Right)
{
    /// <summary>What they become.</summary>
    public string Merged => Left + Right;

    /// <summary>The two pieces with a space between them, as they stand in a file of merges.</summary>
    public override string ToString() => $"{Left} {Right}";
}

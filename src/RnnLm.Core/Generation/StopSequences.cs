namespace RnnLm.Generation;

/// <summary>
/// Ends a text before the first of some sequences, however the text comes in pieces: what may be the beginning of one is held back until it is known. It belongs to one
/// text.
/// </summary>
/// <param name="sequences">The sequences, none of them empty.</param>
internal sealed class StopSequences(IReadOnlyList<string> sequences)
{
    private string held = "";

    /// <summary>Whether a sequence has come.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Takes a piece.</summary>
    /// <returns>What of the text is known to stay; it may be empty.</returns>
    public string Take(string piece)
    {
        held += piece;
        var begin = sequences.Select(sequence => held.IndexOf(sequence, StringComparison.Ordinal)).Where(index => index >= 0).DefaultIfEmpty(-1).Min();
        IsStopped = begin >= 0;
        var end = IsStopped ? begin : held.Length - LengthOfBeginning();
        var known = held[..end];
        held = IsStopped ? "" : held[end..];
        return known;
    }

    /// <summary>What was held back, when nothing more comes.</summary>
    public string Finish()
    {
        var rest = held;
        held = "";
        return rest;
    }

    /// <summary>How much of the end may be the beginning of a sequence.</summary>
    private int LengthOfBeginning()
    {
        for (var start = Math.Max(0, held.Length - sequences.Select(sequence => sequence.Length - 1).DefaultIfEmpty(0).Max()); start < held.Length; start++)
            if (sequences.Any(sequence => sequence.AsSpan().StartsWith(held.AsSpan(start), StringComparison.Ordinal))) return held.Length - start;
        return 0;
    }
}

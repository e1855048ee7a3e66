using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>Scores that are apart from the hypotheses, a line a score: the hypothesis's key and the number, in the order of the hypotheses.</summary>
/// <param name="name">What error messages call the lines.</param>
/// <param name="lines">The lines.</param>
internal sealed class ScoreLines(string name, IEnumerable<string> lines) : IDisposable
{
    private IEnumerator<string>? rest; // those that have not been read; null before the first is
    private long lineNumber;

    /// <summary>The score of the next hypothesis.</summary>
    /// <param name="key">Its key.</param>
    /// <exception cref="InvalidDataException">The next line is of another, or has no number.</exception>
    public double Next(string key)
    {
        lineNumber++;
        if (!MoveNext(out var line)) throw Fault($"the lines end before the score of {Quotation.Of(key)}.");
        if (line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) is not [var itsKey, var number])
            throw Fault($"the line is {Quotation.Of(line)}; it must be a key and a number, such as {key} 12.3.");
        if (itsKey != key) throw Fault($"the score is of {Quotation.Of(itsKey)} and must be of {Quotation.Of(key)}: scores stand in the order of the hypotheses.");
        return NBestReader.ScoreOf(number) ?? throw Fault($"the score of {Quotation.Of(key)} is {Quotation.Of(number)}; it must be a finite number such as 12.3.");
    }

    /// <summary>Checks that no score is left.</summary>
    /// <exception cref="InvalidDataException">There is one.</exception>
    public void Finish()
    {
        lineNumber++;
        if (MoveNext(out var line)) throw Fault($"the line is {Quotation.Of(line)}, and there are no more hypotheses.");
    }

    public void Dispose() => rest?.Dispose();

    private bool MoveNext(out string line)
    {
        rest ??= lines.GetEnumerator();
        var isThere = rest.MoveNext();
        line = !isThere ? "" : rest.Current ?? throw NBestReader.NoLine(name, lineNumber);
        return isThere;
    }

    private InvalidDataException Fault(string what) => NBestReader.FaultAt(name, lineNumber, what);
}

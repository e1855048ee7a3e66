using System.Globalization;
using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>Makes n-best lists of lines that come one after the other.</summary>
/// <param name="name">What error messages call the lines.</param>
internal abstract class NBestReader(string name) : IDisposable
{
    private readonly HashSet<string> utterances = []; // the names of those that have begun

    /// <summary>The number of lines that have come.</summary>
    protected long LineNumber { get; private set; }

    /// <summary>The list that has ended and has not been given yet; null where there is none.</summary>
    protected NBestList? Whole { get; set; }

    /// <summary>Makes what reads a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="name">What error messages call the lines.</param>
    /// <param name="scores">The scores that are apart from the lines.</param>
    /// <exception cref="ArgumentException">There is no such format, or its scores are in its lines.</exception>
    public static NBestReader Create(NBestFormat format, string name, IReadOnlyList<ScoreLines> scores)
    {
        if (format == NBestFormat.JsonLines) return scores.Count == 0 ? new JsonListReader(name) : throw HasScores(format);
        var lines = HypothesisLines.Of(format);
        if (lines.HoldsScores && scores.Count > 0) throw HasScores(format);
        return new HypothesisReader(name, lines, scores);
    }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="fault">What is wrong with the line; null where it is as the format has it.</param>
    /// <returns>The list that it ends, as a line that is not right may as well; null where it ends none.</returns>
    public NBestList? Add(string line, out InvalidDataException? fault)
    {
        LineNumber++;
        if (line is null) throw NoLine(name, LineNumber);
        fault = FaultOf(() => Read(line));
        return TakeWhole();
    }

    /// <summary>The list that the end ends; null where it ends none.</summary>
    /// <param name="fault">What is wrong with the lines as a whole; null where nothing is.</param>
    public NBestList? Finish(out InvalidDataException? fault)
    {
        fault = FaultOf(ReadEnd);
        return TakeWhole();
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>A number that scores may be.</summary>
    public static double? ScoreOf(ReadOnlySpan<char> text)
        => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var score)
            && double.IsFinite(score) ? score : null;

    /// <summary>Reads a line, and sets <see cref="Whole"/> where it ends a list.</summary>
    /// <exception cref="InvalidDataException">It is not as the format has it.</exception>
    protected abstract void Read(string line);

    /// <summary>Reads the end, and sets <see cref="Whole"/> where it ends a list.</summary>
    /// <exception cref="InvalidDataException">The lines are not as the format has them.</exception>
    protected abstract void ReadEnd();

    /// <summary>Takes note that the list of an utterance begins.</summary>
    /// <exception cref="InvalidDataException">There is one already.</exception>
    protected void Begin(string utterance)
    {
        if (!utterances.Add(utterance)) throw Fault($"the utterance {Quotation.Of(utterance)} has come before; its hypotheses must follow one another.");
    }

    /// <summary>What is wrong with the line that was read last.</summary>
    protected InvalidDataException Fault(string what) => FaultAt(name, LineNumber, what);

    /// <summary>What is wrong with a line that is null.</summary>
    public static ArgumentException NoLine(string name, long line) => new(FormattableString.Invariant($"{name}, line {line}: it is null; an empty line is \"\"."), "lines");

    /// <summary>What is wrong with a line.</summary>
    public static InvalidDataException FaultAt(string name, long line, string what) => new(FormattableString.Invariant($"{name}, line {line}: {what}"));

    private static InvalidDataException? FaultOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (InvalidDataException fault)
        {
            return fault;
        }
    }

    private NBestList? TakeWhole()
    {
        var list = Whole;
        Whole = null;
        return list;
    }

    private static ArgumentException HasScores(NBestFormat format)
        => new($"There are files of scores, and the format {format} has scores in its lines; leave them out, or read {NBestFormat.Kaldi} or {NBestFormat.Trn}.", "scores");
}

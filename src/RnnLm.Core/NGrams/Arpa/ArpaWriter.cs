using System.Globalization;
using System.Text;
using RnnLm.Faults;

namespace RnnLm.NGrams;

/// <summary>
/// Writes an n-gram model as an ARPA file: logarithms to base 10 with seven decimals, <c>&lt;s&gt;</c> for the beginning of a line, <c>&lt;/s&gt;</c> for its end,
/// <c>&lt;unk&gt;</c> for the unknown word; no back-off weight where nothing goes on from an n-gram.
/// </summary>
internal sealed class ArpaWriter
{
    private readonly NGramTable table;
    private readonly Vocabulary vocabulary;
    private readonly StreamWriter writer;
    private readonly string[] path; // the words of the n-gram that is written

    private ArpaWriter(NGramTable table, Vocabulary vocabulary, StreamWriter writer)
    {
        this.table = table;
        this.vocabulary = vocabulary;
        this.writer = writer;
        path = new string[table.Order];
    }

    /// <summary>Writes a model.</summary>
    /// <exception cref="NotSupportedException">A word cannot be written: it has white space in it, or is one that has another meaning there.</exception>
    public static void Write(NGramTable table, Vocabulary vocabulary, Stream stream)
    {
        Check(vocabulary);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };
        new ArpaWriter(table, vocabulary, writer).Write();
    }

    /// <summary>Throws where a vocabulary cannot be written.</summary>
    /// <exception cref="NotSupportedException">As of <see cref="Write(NGramTable, Vocabulary, Stream)"/>.</exception>
    public static void Check(Vocabulary vocabulary)
    {
        for (var id = 0; id < vocabulary.Count; id++)
        {
            var word = vocabulary[id];
            if (id is Vocabulary.UnknownId or Vocabulary.EndOfLineId) continue;
            if (word is ArpaMarks.BeginningOfLine or ArpaMarks.EndOfLine or ArpaMarks.Unknown)
                throw new NotSupportedException($"The model has a word {Quotation.Of(word)}, which has another meaning in an ARPA file. Save it in the library's own format.");
            if (word.AsSpan().IndexOfAny(" \t\n\r\v\f") >= 0)
                throw new NotSupportedException($"The model has a word {Quotation.Of(word)} with white space in it, which an ARPA file cannot hold. Save it in the library's own format.");
        }
    }

    private void Write()
    {
        writer.WriteLine();
        writer.WriteLine(ArpaMarks.Data);
        for (var n = 1; n <= table.Order; n++)
        {
            // The beginning of a line is a word of its own.
            writer.WriteLine(FormattableString.Invariant($"{ArpaMarks.Count}{n}={table.Levels[n - 1].Count + (n == 1 ? 1L : 0)}"));
        }
        for (var n = 1; n <= table.Order; n++)
        {
            writer.WriteLine();
            writer.WriteLine(ArpaMarks.Section(n));
            if (n == 1) WriteWords();
            else for (var word = 0; word < vocabulary.Count; word++) WriteFrom(1, word, NameOfFirst(word), n);
        }
        writer.WriteLine();
        writer.WriteLine(ArpaMarks.End);
    }

    private void WriteWords()
    {
        for (var word = 0; word < vocabulary.Count; word++)
        {
            if (word == Vocabulary.EndOfLineId)
            {
                path[0] = ArpaMarks.EndOfLine;
                WriteEntry(1, table.Levels[0].LogProbabilities[word] / ArpaMarks.ToNatural, backoff: null);
                path[0] = ArpaMarks.BeginningOfLine;
                WriteEntry(1, ArpaMarks.LogZero, BackoffOf(1, word));
            }
            else
            {
                path[0] = NameOf(word);
                WriteEntry(1, table.Levels[0].LogProbabilities[word] / ArpaMarks.ToNatural, BackoffOf(1, word));
            }
        }
    }

    /// <summary>Writes the n-grams of an order that begin with an n-gram.</summary>
    private void WriteFrom(int length, int place, string last, int order)
    {
        path[length - 1] = last;
        if (length == order)
        {
            WriteEntry(order, table.Levels[order - 1].LogProbabilities[place] / ArpaMarks.ToNatural, BackoffOf(order, place));
            return;
        }
        var (start, end) = table.Levels[length - 1].ContinuationsOf(place);
        for (var i = start; i < end; i++)
        {
            var word = table.Levels[length].Words[i];
            WriteFrom(length + 1, i, word == Vocabulary.EndOfLineId ? ArpaMarks.EndOfLine : NameOf(word), order);
        }
    }

    private double? BackoffOf(int order, int place)
    {
        if (order == table.Order) return null;
        var (level, backoff) = (table.Levels[order - 1], table.Levels[order - 1].Backoffs[place]);
        var (start, end) = level.ContinuationsOf(place);
        return start == end && backoff == 0 ? null : backoff / ArpaMarks.ToNatural;
    }

    private void WriteEntry(int length, double logProbability, double? backoff)
    {
        writer.Write(logProbability.ToString("0.#######", CultureInfo.InvariantCulture));
        for (var i = 0; i < length; i++)
        {
            writer.Write(i == 0 ? '\t' : ' ');
            writer.Write(path[i]);
        }
        if (backoff is { } weight)
        {
            writer.Write('\t');
            writer.Write(weight.ToString("0.#######", CultureInfo.InvariantCulture));
        }
        writer.WriteLine();
    }

    private string NameOf(int word) => word == Vocabulary.UnknownId ? ArpaMarks.Unknown : vocabulary[word];

    private string NameOfFirst(int word) => word == Vocabulary.EndOfLineId ? ArpaMarks.BeginningOfLine : NameOf(word);
}

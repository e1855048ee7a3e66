using System.Globalization;
using RnnLm.Faults;
using RnnLm.Wording;

namespace RnnLm.NGrams;

/// <summary>
/// Reads an ARPA file, as SRILM and KenLM write it: what stands before <c>\data\</c> is passed over, back-off weights may be left out, and n-grams may stand in any
/// order. Memory grows with the lines that are there, not with what the header says.
/// </summary>
internal sealed class ArpaReader
{
    private const string UsualEndOfLineWord = "<eos>";
    private const double LargestRounding = 1e-4; // of a logarithm

    private readonly IEnumerator<string> lines;
    private readonly Vocabulary? expected;
    private readonly CancellationToken cancellation;
    private readonly List<string> names = [ArpaMarks.Unknown, ArpaMarks.EndOfLine];
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly List<float> logProbabilities = [];
    private readonly List<float> backoffs = [];
    private readonly List<bool> areGiven = [];
    private readonly List<long> linesOfWords = []; // of the line with the back-off weight
    private readonly ArpaBackoffs raised = new();
    private bool isBeginningGiven;
    private long number; // of the line
    private string? sectionEnd; // the line that ended the last section that was read

    private ArpaReader(IEnumerator<string> lines, Vocabulary? expected, CancellationToken cancellation)
    {
        this.lines = lines;
        this.expected = expected;
        this.cancellation = cancellation;
    }

    /// <summary>Reads a model.</summary>
    /// <param name="lines">The lines of the file.</param>
    /// <param name="vocabulary">The words that the model must have, and their ids; null makes a vocabulary of those it has, in the order of the file.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ModelFormatException">It is no ARPA file; the message says in which line what is wrong.</exception>
    public static (NGramTable Table, Vocabulary Vocabulary) Read(IEnumerable<string> lines, Vocabulary? vocabulary, CancellationToken cancellation = default)
    {
        using var enumerator = lines.GetEnumerator();
        return new ArpaReader(enumerator, vocabulary, cancellation).Read();
    }

    private (NGramTable Table, Vocabulary Vocabulary) Read()
    {
        string? line;
        do line = Next() ?? throw new ModelFormatException($"There is no line {ArpaMarks.Data}: this is not an ARPA file.");
        while (line != ArpaMarks.Data);

        var (counts, section) = ReadCounts();
        var levels = new NGramLevel[counts.Count];
        for (var n = 1; n <= levels.Length; n++)
        {
            if (section != ArpaMarks.Section(n)) throw Fault($"there is {Shown(section)} where {ArpaMarks.Section(n)} must be");
            if (n == 1)
            {
                section = ReadWords(counts[0], isHighest: levels.Length == 1);
                levels[0] = FinishWords(isHighest: levels.Length == 1);
            }
            else
            {
                section = ReadSection(n, counts[n - 1], n == levels.Length, levels);
            }
        }
        if (section != ArpaMarks.End) throw Fault($"there is {Shown(section)} where {ArpaMarks.End} must be");
        while (Next() is { } rest)
            if (rest.Length > 0) throw Fault($"the file goes on after {ArpaMarks.End}");
        var table = new NGramTable(levels);
        raised.Check(table, id => id == Vocabulary.EndOfLineId ? ArpaMarks.EndOfLine : NameOf(id), cancellation);
        return (table, expected ?? CreateVocabulary());
    }

    /// <summary>How many n-grams of each order there are to be, and the line after that.</summary>
    private (List<long> Counts, string? Section) ReadCounts()
    {
        var counts = new List<long>();
        var line = NextWithText();
        for (; line is not null && line.StartsWith(ArpaMarks.Count, StringComparison.Ordinal); line = NextWithText())
        {
            var (order, count) = line[ArpaMarks.Count.Length..].Split('=') is [var left, var right]
                && int.TryParse(left, NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var n)
                && long.TryParse(right, NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number)
                ? (n, number)
                : throw Fault($"there is {Shown(line)}; it must be like {ArpaMarks.Count}1=1000");
            if (order != counts.Count + 1) throw Fault($"there is the count of order {order} where that of {counts.Count + 1} must be");
            if (order > NGramTable.MaximumOrder) throw Fault($"the order is above {NGramTable.MaximumOrder}, which is the most");
            if (count >= Array.MaxLength) throw Fault($"there are to be {count} n-grams; {Array.MaxLength - 1} are the most");
            counts.Add(count);
        }
        return counts.Count > 0 ? (counts, line) : throw Fault($"there is {Shown(line)} where {ArpaMarks.Count}1=… must be");
    }

    private string? ReadWords(long count, bool isHighest)
    {
        foreach (var name in names) ids.Add(name, AddPlace());
        while (areGiven.Count < expected?.Count) AddPlace();
        var found = 0L;
        string? line;
        Span<Range> parts = stackalloc Range[4];
        for (; (line = NextEntry()) is not null; found++)
        {
            var (logProbability, backoff) = ReadEntry(line, 1, isHighest, parts);
            var word = line.AsSpan(parts[1]);
            if (word.SequenceEqual(ArpaMarks.BeginningOfLine))
            {
                if (isBeginningGiven) throw Fault($"the word {ArpaMarks.BeginningOfLine} is there a second time");
                isBeginningGiven = true;
                backoffs[Vocabulary.EndOfLineId] = (float)backoff;
                linesOfWords[Vocabulary.EndOfLineId] = number;
                continue;
            }
            var id = IdOf(word) ?? AddWord(word.ToString());
            if (areGiven[id]) throw Fault($"the word {Quotation.Of(word.ToString())} is there a second time");
            areGiven[id] = true;
            logProbabilities[id] = (float)Checked(logProbability);
            if (id == Vocabulary.EndOfLineId) continue;
            backoffs[id] = (float)backoff;
            linesOfWords[id] = number;
        }
        CheckCount(1, found, count);
        return sectionEnd;
    }

    private string? ReadSection(int order, long count, bool isHighest, NGramLevel[] levels)
    {
        var section = new ArpaSection(order);
        Span<int> ngram = stackalloc int[order];
        Span<Range> parts = stackalloc Range[order + 3];
        while (NextEntry() is { } line)
        {
            var (logProbability, backoff) = ReadEntry(line, order, isHighest, parts);
            for (var i = 0; i < order; i++)
            {
                var word = line.AsSpan(parts[i + 1]);
                if (word.SequenceEqual(ArpaMarks.BeginningOfLine))
                    ngram[i] = i == 0 ? Vocabulary.EndOfLineId : throw Fault($"{ArpaMarks.BeginningOfLine} can only be the first word of an n-gram");
                else if (word.SequenceEqual(ArpaMarks.EndOfLine))
                    ngram[i] = i == order - 1 ? Vocabulary.EndOfLineId : throw Fault($"{ArpaMarks.EndOfLine} can only be the last word of an n-gram");
                else
                    ngram[i] = IdOf(word) ?? throw Fault($"there is no 1-gram {Quotation.Of(word.ToString())}");
            }
            if (section.Count == count) throw Fault($"there are more {order}-grams than the {count} that the head of the file tells of");
            section.Add(ngram, Checked(logProbability), backoff, number);
            raised.Add(ngram, backoff, number);
        }
        CheckCount(order, section.Count, count);
        levels[order - 1] = section.ToLevel(levels[..(order - 1)], isHighest, id => id == Vocabulary.EndOfLineId ? ArpaMarks.EndOfLine : NameOf(id));
        return sectionEnd;
    }

    private NGramLevel FinishWords(bool isHighest)
    {
        if (expected is null && !areGiven[Vocabulary.UnknownId] && ids.TryGetValue(ArpaMarks.UnknownInCapitals, out var capitals)) TakeAsUnknown(capitals);
        if (expected is not null && areGiven.FindIndex(2, isGiven => !isGiven) is var missing and >= 0)
            throw new ModelFormatException($"There is no 1-gram {Quotation.Of(expected[missing])}, which is a word of the vocabulary that the model must have.");
        if (!areGiven[Vocabulary.EndOfLineId]) throw new ModelFormatException($"There is no 1-gram {ArpaMarks.EndOfLine}, which ends lines: no text could have a probability.");
        for (var id = 0; id < backoffs.Count; id++) raised.Add([id], backoffs[id], linesOfWords[id]);
        return new NGramLevel
        {
            Words = [],
            LogProbabilities = [.. logProbabilities],
            Backoffs = isHighest ? [] : [.. backoffs],
            Continuations = isHighest ? [] : new int[logProbabilities.Count + 1],
        };
    }

    /// <summary>Gives the last word the place of another, which becomes the unknown word.</summary>
    private void TakeAsUnknown(int id)
    {
        var last = names.Count - 1;
        (logProbabilities[Vocabulary.UnknownId], backoffs[Vocabulary.UnknownId]) = (logProbabilities[id], backoffs[id]);
        linesOfWords[Vocabulary.UnknownId] = linesOfWords[id];
        (names[id], logProbabilities[id], backoffs[id], linesOfWords[id]) = (names[last], logProbabilities[last], backoffs[last], linesOfWords[last]);
        ids[names[id]] = id;
        ids[ArpaMarks.UnknownInCapitals] = Vocabulary.UnknownId;
        names[Vocabulary.UnknownId] = ArpaMarks.UnknownInCapitals;
        names.RemoveAt(last);
        logProbabilities.RemoveAt(last);
        backoffs.RemoveAt(last);
        linesOfWords.RemoveAt(last);
    }

    private Vocabulary CreateVocabulary()
    {
        names[Vocabulary.EndOfLineId] = ids.ContainsKey(UsualEndOfLineWord) ? ArpaMarks.EndOfLine : UsualEndOfLineWord;
        return new Vocabulary(names);
    }

    private int? IdOf(ReadOnlySpan<char> word)
    {
        if (ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var id)) return id;
        if (expected is null) return null;
        if (!expected.Contains(word) && !word.SequenceEqual(ArpaMarks.UnknownInCapitals))
            throw Fault($"the word {Quotation.Of(word.ToString())} is not in the vocabulary that the model must have");
        id = expected.IdOf(word);
        return id == Vocabulary.EndOfLineId ? throw Fault($"the word {Quotation.Of(word.ToString())} ends lines in the vocabulary that the model must have; in an ARPA file {ArpaMarks.EndOfLine} does") : id;
    }

    private string NameOf(int id) => id < 2 || expected is null ? names[id] : expected[id];

    private int AddWord(string word)
    {
        names.Add(word);
        var id = AddPlace();
        ids.Add(word, id);
        return id;
    }

    /// <summary>Makes room for a word, which has no probability yet.</summary>
    private int AddPlace()
    {
        logProbabilities.Add((float)(ArpaMarks.LogZero * ArpaMarks.ToNatural));
        backoffs.Add(0);
        linesOfWords.Add(0);
        areGiven.Add(false);
        return areGiven.Count - 1;
    }

    /// <summary>The numbers of a line of n-grams, in natural logarithms, and the places of its parts.</summary>
    private (double LogProbability, double Backoff) ReadEntry(string line, int order, bool isHighest, Span<Range> parts)
    {
        parts = parts[..(order + 3)];
        var count = line.AsSpan().SplitAny(parts, " \t", StringSplitOptions.RemoveEmptyEntries);
        if (count != order + 1 && (isHighest || count != order + 2))
        {
            throw Fault($"there is {Shown(line)}; it must be the logarithm of a probability, {CountText.Of(order, "word")}"
                + (isHighest ? "" : ", and perhaps that of a back-off weight"));
        }
        return (Logarithm(line.AsSpan(parts[0])), count == order + 2 ? Logarithm(line.AsSpan(parts[order + 1])) : 0);
    }

    private double Logarithm(ReadOnlySpan<char> text)
    {
        if (text.Equals("-inf", StringComparison.OrdinalIgnoreCase)) return ArpaMarks.LogZero * ArpaMarks.ToNatural;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && float.IsFinite((float)(value * ArpaMarks.ToNatural))
            ? value * ArpaMarks.ToNatural
            : throw Fault($"{Quotation.Of(text.ToString())} is not a finite number");
    }

    /// <summary>The logarithm of a probability, which others may have rounded to above that of one.</summary>
    private double Checked(double value) => value > LargestRounding ? throw Fault("the logarithm of a probability is above 0") : Math.Min(value, 0);

    private void CheckCount(int order, long found, long count)
    {
        if (found != count) throw Fault($"there are {found} {order}-grams; the head of the file tells of {count}");
    }

    /// <summary>The next line with an n-gram; null at the end of a section.</summary>
    private string? NextEntry()
    {
        var line = NextWithText();
        if (line is not null && line[0] != '\\') return line;
        // A word may begin with a backslash, a number may not.
        sectionEnd = line;
        return null;
    }

    private string? NextWithText()
    {
        string? line;
        do line = Next();
        while (line is { Length: 0 });
        return line;
    }

    /// <summary>The next line without white space at its ends; null where there is none.</summary>
    private string? Next()
    {
        if (number % 1024 == 0) cancellation.ThrowIfCancellationRequested();
        if (!lines.MoveNext()) return null;
        number++;
        return lines.Current.Trim(' ', '\t');
    }

    private static string Shown(string? line) => line is null ? "the end of the file" : Quotation.Of(line);

    private ModelFormatException Fault(string fault) => ArpaSection.Fault(number, fault);

}

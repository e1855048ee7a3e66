namespace RnnLm.Training.Tests.NGrams;

/// <summary>
/// Interpolated modified Kneser-Ney smoothing word for word as Chen &amp; Goodman (1999) define it, in double precision, from dictionaries of all n-grams: for texts of
/// some hundred words.
/// </summary>
internal sealed class PlainKneserNey
{
    private const string Beginning = "<s>";
    private const string End = "</s>";

    private readonly int order;
    private readonly string[] vocabulary; // the end-of-line word as End
    private readonly Dictionary<string, long> raw = [];
    private readonly Dictionary<string, long> adjusted = [];

    public PlainKneserNey(int order, Vocabulary vocabulary, IEnumerable<IEnumerable<int>> lines)
    {
        this.order = order;
        this.vocabulary = [.. vocabulary.Select((word, id) => id == Vocabulary.EndOfLineId ? End : word)];
        foreach (var line in lines)
        {
            string[] words = [Beginning, .. line.Select(id => this.vocabulary[id]), End];
            for (var end = 2; end <= words.Length; end++)
                for (var n = 1; n <= order && n <= end; n++)
                {
                    var ngram = Join(words[(end - n)..end]);
                    raw[ngram] = raw.GetValueOrDefault(ngram) + 1;
                }
        }
        // The one-word n-gram that begins a line is a context alone.
        raw.Remove(Beginning);
        foreach (var (ngram, count) in raw)
        {
            var words = ngram.Split(' ');
            adjusted[ngram] = words.Length == order || words[0] == Beginning
                ? count
                : this.vocabulary.Append(Beginning).Count(before => raw.ContainsKey($"{before} {ngram}"));
        }
        Discounts = [.. Enumerable.Range(1, order).Select(DiscountsOf)];
    }

    /// <summary>The three discounts of each order.</summary>
    public IReadOnlyList<double[]> Discounts { get; }

    /// <summary>The probability of a word after a context, of ids, the oldest first; the end-of-line word is the beginning of a line.</summary>
    public double Probability(ReadOnlySpan<int> context, int word)
    {
        var used = context[Math.Max(0, context.Length - (order - 1))..];
        string[] words = new string[used.Length];
        for (var i = 0; i < used.Length; i++) words[i] = used[i] == Vocabulary.EndOfLineId ? Beginning : vocabulary[used[i]];
        return Probability(words, vocabulary[word]);
    }

    private double Probability(string[] context, string word)
    {
        var shorter = context.Length == 0 ? 1.0 / vocabulary.Length : Probability(context[1..], word);
        var counts = vocabulary.Select(next => adjusted.GetValueOrDefault(Join([.. context, next]))).ToList();
        double total = counts.Sum();
        if (total == 0) return shorter;
        var discounts = Discounts[context.Length];
        double Discount(long count) => count == 0 ? 0 : discounts[Math.Min(count, 3) - 1];
        var count = adjusted.GetValueOrDefault(Join([.. context, word]));
        return ((count - Discount(count)) / total) + (counts.Sum(Discount) / total * shorter);
    }

    private double[] DiscountsOf(int n)
    {
        double Number(int count) => adjusted.Count(entry => entry.Key.Split(' ').Length == n && entry.Value == count);
        double n1 = Number(1), n2 = Number(2), n3 = Number(3), n4 = Number(4);
        var y = n1 / (n1 + (2 * n2));
        double[] found = [1 - (2 * y * (n2 / n1)), 2 - (3 * y * (n3 / n2)), 3 - (4 * y * (n4 / n3))];
        return n1 * n2 * n3 * n4 > 0 && found.Select((discount, index) => discount > 0 && discount < index + 1).All(isRight => isRight) ? found : [0.5, 1, 1.5];
    }

    private static string Join(IEnumerable<string> words) => string.Join(' ', words);
}

using System.Globalization;

namespace RnnLm.Tests.Suggestions;

/// <summary>The suggestions of one word for a prefix, worked out by going over the whole vocabulary, with distances by the definition.</summary>
internal static class PlainSuggestions
{
    /// <summary>The words with their probabilities and edits, the most probable first.</summary>
    /// <param name="vocabulary">The words.</param>
    /// <param name="logProbabilities">The logarithms of their probabilities.</param>
    /// <param name="prefix">What was typed; at least a letter.</param>
    /// <param name="mostEdits">The greatest number of edits, whatever the length.</param>
    /// <param name="editCost">What each costs.</param>
    public static IReadOnlyList<(string Word, double Probability, int Edits)> Of(
        Vocabulary vocabulary, float[] logProbabilities, string prefix, int mostEdits, double editCost)
    {
        mostEdits = Math.Min(mostEdits, prefix.Length < 3 ? 0 : prefix.Length < 6 ? 1 : 2);
        var letters = prefix.ToLower(CultureInfo.InvariantCulture);
        var mass = Math.Exp(logProbabilities[0] - (prefix.Length * Math.Log(27)));
        var scores = new List<(int Id, double Score, int Edits)>();
        for (var id = 2; id < vocabulary.Count; id++)
        {
            var word = vocabulary[id].ToLower(CultureInfo.InvariantCulture);
            var edits = Enumerable.Range(0, word.Length + 1).Min(length => Distance(letters, word[..length]));
            if (edits > mostEdits) continue;
            var score = logProbabilities[id] - (editCost * edits);
            mass += Math.Exp(score);
            scores.Add((id, score, edits));
        }
        return [.. scores.OrderByDescending(word => word.Score).ThenBy(word => word.Id).Where(word => vocabulary[word.Id] != prefix)
            .Select(word => (vocabulary[word.Id], Math.Exp(word.Score) / mass, word.Edits))];
    }

    /// <summary>The words without those that begin with a capital where a small letter was typed, and are no more probable so than with a small one.</summary>
    /// <param name="letters">What was typed; there may be nothing.</param>
    /// <param name="words">The words with their probabilities, or the logarithms of these.</param>
    public static Dictionary<string, double> WithoutCapitals(string letters, IReadOnlyDictionary<string, double> words)
    {
        if (letters.Length == 0 || !char.IsLower(letters[0])) return new(words);
        return new(words.Where(word => !char.IsUpper(word.Key[0]) || word.Value > words.GetValueOrDefault(char.ToLowerInvariant(word.Key[0]) + word.Key[1..], double.NegativeInfinity)));
    }

    /// <summary>The distance of two words: letters put in, left out, replaced, or swapped with their neighbours, none of them changed twice.</summary>
    public static int Distance(string x, string y)
    {
        if (x.Length == 0 || y.Length == 0) return x.Length + y.Length;
        var distances = new int[x.Length + 1, y.Length + 1];
        for (var i = 0; i <= x.Length; i++)
        {
            for (var j = 0; j <= y.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distances[i, j] = i + j;
                    continue;
                }
                distances[i, j] = new[] { distances[i - 1, j] + 1, distances[i, j - 1] + 1, distances[i - 1, j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1) }.Min();
                if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }
        }
        return distances[x.Length, y.Length];
    }
}

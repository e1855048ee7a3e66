using RnnLm.Faults;

namespace RnnLm.Mixtures;

/// <summary>Which word of one vocabulary is which of another that has the same words.</summary>
internal static class WordMap
{
    /// <summary>The ids in another vocabulary by those in this one; null where they are the same.</summary>
    /// <param name="vocabulary">The words of the model.</param>
    /// <param name="other">Those of the n-gram model. Its unknown and end-of-line words stand for those of the model, whatever they are called.</param>
    /// <exception cref="ArgumentException">The words are not the same; the message says how many are not.</exception>
    public static int[]? Between(Vocabulary vocabulary, Vocabulary other)
    {
        if (ReferenceEquals(vocabulary, other)) return null;
        var ids = new int[vocabulary.Count];
        var (isSame, missing) = (vocabulary.Count == other.Count, new List<string>());
        (ids[Vocabulary.UnknownId], ids[Vocabulary.EndOfLineId]) = (Vocabulary.UnknownId, Vocabulary.EndOfLineId);
        for (var id = Vocabulary.EndOfLineId + 1; id < ids.Length; id++)
        {
            ids[id] = other.IdOf(vocabulary[id]);
            isSame &= ids[id] == id;
            if (ids[id] <= Vocabulary.EndOfLineId) missing.Add(vocabulary[id]);
        }
        var more = other.Count - (ids.Length - missing.Count);
        if (missing.Count > 0 || more > 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"The n-gram model has other words than the model: of the model's {vocabulary.Count:N0} it lacks {missing.Count:N0}")
                + (missing.Count > 0 ? $", such as {Quotation.Of(missing[0])}" : "") + FormattableString.Invariant($", and it has {more:N0} more.")
                + " Build it with the model's vocabulary.");
        }
        return isSame ? null : ids;
    }
}

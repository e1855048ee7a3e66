using RnnLm.Faults;
using RnnLm.NGrams;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// An n-gram model as tensors of a safetensors file, of any file under a prefix of its own: for each order n, <c>words.n</c>, <c>log_probabilities.n</c>,
/// <c>backoffs.n</c> and <c>continuations.n</c>, as <see cref="NGramLevel"/> has them; those that are empty by nature are left out.
/// </summary>
internal sealed class NGramTensors
{
    private readonly NGramLevel[] levels;

    private NGramTensors(NGramLevel[] levels, string prefix)
    {
        this.levels = levels;
        Tensors = [.. TensorsOf(levels, prefix)];
    }

    /// <summary>The tensors to fill with what the file has, each of the name, the type and the shape that it has there.</summary>
    public IReadOnlyList<WeightTensor> Tensors { get; }

    /// <summary>The tensors of a model, to be written.</summary>
    /// <param name="table">The model.</param>
    /// <param name="prefix">What their names begin with.</param>
    public static IReadOnlyList<WeightTensor> Of(NGramTable table, string prefix) => [.. TensorsOf(table.Levels, prefix)];

    /// <summary>Whether a file has an n-gram model under a prefix.</summary>
    public static bool AreIn(SafetensorsHeader header, string prefix) => header.Tensors.ContainsKey(LogProbabilities(prefix, 1));

    /// <summary>
    /// Finds a model in a file, and allocates what it takes: the header has been found to fit the file, so that it is no more than the file's length.
    /// </summary>
    /// <param name="header">The file's header.</param>
    /// <param name="prefix">What the tensors' names begin with.</param>
    /// <param name="vocabularySize">The number of words.</param>
    /// <exception cref="ModelFormatException">A tensor lacks or is not what it must be.</exception>
    public static NGramTensors Find(SafetensorsHeader header, string prefix, int vocabularySize)
    {
        var order = 1;
        while (order <= NGramTable.MaximumOrder && header.Tensors.ContainsKey(LogProbabilities(prefix, order + 1))) order++;
        if (order > NGramTable.MaximumOrder) throw new ModelFormatException($"The n-gram model has an order above {NGramTable.MaximumOrder}, which is the most.");

        var levels = new NGramLevel[order];
        for (var n = 1; n <= order; n++)
        {
            var count = CountOf(LogProbabilities(prefix, n), TensorEntry.Float32);
            if (n == 1 && count != vocabularySize)
                throw new ModelFormatException($"The n-gram model has {count} words at order 1; the vocabulary has {vocabularySize}.");
            levels[n - 1] = new NGramLevel
            {
                Words = new int[n == 1 ? 0 : Expect(Words(prefix, n), TensorEntry.Int32, count)],
                LogProbabilities = new float[count],
                Backoffs = new float[n == order ? 0 : Expect(Backoffs(prefix, n), TensorEntry.Float32, count)],
                Continuations = new int[n == order ? 0 : Expect(Continuations(prefix, n), TensorEntry.Int32, count + 1L)],
            };
        }
        return new NGramTensors(levels, prefix);

        int CountOf(string name, string type)
        {
            if (!header.Tensors.TryGetValue(name, out var tensor)) throw new ModelFormatException($"The file lacks the tensor {Quotation.Of(name)}.");
            tensor.RequireType(type);
            return tensor.Shape is [var length] && length < Array.MaxLength
                ? (int)length
                : throw new ModelFormatException($"The tensor {Quotation.Of(name)} has the shape {tensor.ShapeText}; it must have one size, below {Array.MaxLength}.");
        }

        int Expect(string name, string type, long count)
        {
            var found = CountOf(name, type);
            return found == count ? found : throw new ModelFormatException($"The tensor {Quotation.Of(name)} has {found} values; it must have {count}.");
        }
    }

    /// <summary>The model, when the tensors have been filled.</summary>
    /// <exception cref="ModelFormatException">What they hold is no model.</exception>
    public NGramTable CreateTable()
    {
        for (var n = 1; n <= levels.Length; n++)
        {
            var level = levels[n - 1];
            foreach (var value in level.LogProbabilities)
                if (!(value <= 0) || float.IsInfinity(value)) throw new ModelFormatException($"A log-probability of order {n} is {value}; it must be a finite number of at most 0.");
            foreach (var value in level.Backoffs)
                if (!float.IsFinite(value)) throw new ModelFormatException($"A back-off weight of order {n} is {value}; it must be a finite number.");
            if (n < levels.Length) CheckContinuations(level.Continuations, levels[n].Words, n);
        }
        return new NGramTable(levels);
    }

    /// <summary>Throws where the n-grams of an order do not divide those of the next among them, or their words are not in order.</summary>
    private void CheckContinuations(int[] continuations, int[] words, int order)
    {
        if (continuations[0] != 0 || continuations[^1] != words.Length)
            throw new ModelFormatException($"The continuations of order {order} go from {continuations[0]} to {continuations[^1]}; they must go from 0 to {words.Length}.");
        for (var place = 0; place + 1 < continuations.Length; place++)
        {
            var (start, end) = (continuations[place], continuations[place + 1]);
            if (start > end || end > words.Length)
                throw new ModelFormatException($"The continuations of n-gram {place} of order {order} go from {start} to {end} of {words.Length}, which cannot be.");
            var before = -1;
            for (var i = start; i < end; before = words[i++])
            {
                if (words[i] <= before || words[i] >= levels[0].Count)
                    throw new ModelFormatException($"The continuations of n-gram {place} of order {order} have the word {words[i]} after {before}; they must rise, and be below {levels[0].Count}.");
            }
        }
    }

    private static IEnumerable<WeightTensor> TensorsOf(IReadOnlyList<NGramLevel> levels, string prefix)
    {
        for (var n = 1; n <= levels.Count; n++)
        {
            var level = levels[n - 1];
            if (n > 1) yield return new ArrayTensor<int>(Words(prefix, n), TensorEntry.Int32, level.Words);
            yield return new ArrayTensor<float>(LogProbabilities(prefix, n), TensorEntry.Float32, level.LogProbabilities);
            if (n == levels.Count) continue;
            yield return new ArrayTensor<float>(Backoffs(prefix, n), TensorEntry.Float32, level.Backoffs);
            yield return new ArrayTensor<int>(Continuations(prefix, n), TensorEntry.Int32, level.Continuations);
        }
    }

    private static string Words(string prefix, int order) => FormattableString.Invariant($"{prefix}words.{order}");

    private static string LogProbabilities(string prefix, int order) => FormattableString.Invariant($"{prefix}log_probabilities.{order}");

    private static string Backoffs(string prefix, int order) => FormattableString.Invariant($"{prefix}backoffs.{order}");

    private static string Continuations(string prefix, int order) => FormattableString.Invariant($"{prefix}continuations.{order}");
}

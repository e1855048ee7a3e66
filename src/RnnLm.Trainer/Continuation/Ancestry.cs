using System.Globalization;

namespace RnnLm.Training;

/// <summary>
/// What a training record says of the model that training went on from: under <c>initial_model</c> the checksum of its file, under
/// <c>initial_vocabulary_size</c> the number of its words, and under <c>continuations</c> how often training has gone on, so that there are as many
/// ancestors. Its own options and figures are under names that begin with <c>initial_model.</c>; those of its ancestors are not, so a record does not grow
/// from one continuation to the next.
/// </summary>
internal static class Ancestry
{
    private const string Parent = "initial_model";
    private const string ParentVocabularySize = "initial_vocabulary_size";
    private const string Continuations = "continuations";
    private const string Prefix = $"{Parent}.";

    /// <summary>The same record with what there is to say of the model.</summary>
    public static TrainingRecord AddTo(TrainingRecord record, LanguageModel initial)
    {
        var before = int.TryParse(initial.Training.Options.GetValueOrDefault(Continuations), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
        var options = new Dictionary<string, string>(record.Options)
        {
            [Parent] = initial.ComputeChecksum(),
            [ParentVocabularySize] = Invariant($"{initial.Vocabulary.Count}"),
            [Continuations] = Invariant($"{Math.Min(before, int.MaxValue - 1) + 1}"),
        };
        var figures = new Dictionary<string, double>(record.Figures);
        foreach (var (name, value) in initial.Training.Options.Where(option => IsOwn(option.Key))) options[Prefix + name] = value;
        foreach (var (name, value) in initial.Training.Figures.Where(figure => IsOwn(figure.Key))) figures[Prefix + name] = value;
        return new TrainingRecord { Options = options, Figures = figures };
    }

    /// <summary>Whether an entry of a record is not of an ancestor.</summary>
    private static bool IsOwn(string name)
        => name is not (Parent or ParentVocabularySize or Continuations) && !name.StartsWith(Prefix, StringComparison.Ordinal);
}

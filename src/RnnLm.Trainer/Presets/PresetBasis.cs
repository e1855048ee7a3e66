using System.Globalization;

namespace RnnLm.Training;

/// <summary>What the usual options of a run rest on. A checkpoint keeps it, so that a run that goes on has the same, whatever time it is given then.</summary>
/// <param name="Words">The number of words of the corpus.</param>
/// <param name="VocabularySize">The number of words of the vocabulary.</param>
/// <param name="TimeLimit">The time allowed; null for no limit.</param>
/// <param name="Speed">Floating-point operations that the machine does in a second; 0 where it need not be known.</param>
/// <param name="IsPortable">Whether they are to be those alone that every engine honours.</param>
/// <param name="MayDescend">Whether a long training may be by gradient descent: not where weights that were learned go on, nor where a learning rate is looked for, to be set.</param>
internal sealed record PresetBasis(long Words, int VocabularySize, TimeSpan? TimeLimit = null, double Speed = 0, bool IsPortable = false, bool MayDescend = true)
{
    private const string WordsName = "preset_words";
    private const string VocabularySizeName = "preset_vocabulary_size";
    private const string TimeLimitName = "preset_time_limit";
    private const string SpeedName = "preset_speed";
    private const string IsPortableName = "preset_portable";
    private const string MayDescendName = "preset_may_descend"; // not there where the run began before there was the choice

    /// <summary>How many words are learned in the time allowed, over and over again; null for no limit.</summary>
    /// <param name="costOfWord">The floating-point operations for a word.</param>
    public double? WordsInTime(double costOfWord) => TimeLimit is { } limit ? limit.TotalSeconds * Speed / costOfWord : null;

    /// <summary>It as a training record and a checkpoint keep it.</summary>
    public IEnumerable<(string Name, string Value)> Describe()
    {
        yield return (WordsName, Invariant($"{Words}"));
        yield return (VocabularySizeName, Invariant($"{VocabularySize}"));
        if (TimeLimit is { } limit) yield return (TimeLimitName, limit.ToString("c", CultureInfo.InvariantCulture));
        if (Speed > 0) yield return (SpeedName, Invariant($"{Speed:R}"));
        if (IsPortable) yield return (IsPortableName, "true");
        if (MayDescend) yield return (MayDescendName, "true");
    }

    /// <summary>It as <see cref="Describe"/> gave it; null where it is not there, or cannot be.</summary>
    public static PresetBasis? Read(IReadOnlyDictionary<string, string> description)
    {
        var culture = CultureInfo.InvariantCulture;
        if (!long.TryParse(description.GetValueOrDefault(WordsName), NumberStyles.None, culture, out var words)) return null;
        if (!int.TryParse(description.GetValueOrDefault(VocabularySizeName), NumberStyles.None, culture, out var vocabularySize)) return null;
        TimeSpan? timeLimit = TimeSpan.TryParseExact(description.GetValueOrDefault(TimeLimitName), "c", culture, out var limit) ? limit : null;
        double.TryParse(description.GetValueOrDefault(SpeedName), NumberStyles.Float, culture, out var speed);
        return new PresetBasis(words, vocabularySize, timeLimit, speed, description.ContainsKey(IsPortableName), description.ContainsKey(MayDescendName));
    }
}

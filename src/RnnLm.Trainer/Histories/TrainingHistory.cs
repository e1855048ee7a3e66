using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// The history of a training run, as <see cref="TrainingOptions.History"/> writes it: what was trained and how, and its learning curve. What the file does not
/// tell is null.
/// </summary>
/// <remarks>
/// The file has an object of JSON on each line: the first tells of the run, one of each epoch and of some windows, the last why the run ended. Of a run that
/// goes on, or was killed, the last line may be cut; it is passed over then. A file of another program is read as well, where its lines have
/// <c>seconds</c> and <c>validationPerplexity</c> or <c>perplexity</c>, and <c>trainingPerplexity</c>, <c>words</c> and <c>epochs</c> if they like.
/// </remarks>
public sealed record TrainingHistory
{
    /// <summary>When the run began.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The version of the library that wrote it.</summary>
    public string? LibraryVersion { get; init; }

    /// <summary>The engine's name.</summary>
    public string? Engine { get; init; }

    /// <summary>The processor and its registers, in words.</summary>
    public string? Processor { get; init; }

    /// <summary>The network's sizes, in words.</summary>
    public string? Shape { get; init; }

    /// <summary>The number of learned values.</summary>
    public long? ParameterCount { get; init; }

    /// <summary>The number of words of the vocabulary.</summary>
    public long? VocabularySize { get; init; }

    /// <summary>The number of words of the corpus, end-of-line words included.</summary>
    public long? CorpusWords { get; init; }

    /// <summary>The number of words of the validation text.</summary>
    public long? ValidationWords { get; init; }

    /// <summary>The options, as <see cref="TrainingOptions.Describe"/> gives them; none where they are not told.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>The learning curve, in the order of the file.</summary>
    public required IReadOnlyList<HistoryPoint> Points { get; init; }

    /// <summary>Why the run ended; null where it has not, or was killed, or does not tell.</summary>
    public StopReason? StopReason { get; init; }

    /// <summary>The lowest validation perplexity; null where none is known.</summary>
    public double? BestValidationPerplexity => Points.Min(point => point.ValidationPerplexity);

    /// <summary>Reads a history.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is no history; the message names the line and what is wrong with it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static TrainingHistory Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        // Somebody may be writing it.
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return Read(stream);
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"\"{path}\" is no history of a training. {fault.Message}", fault);
        }
    }

    /// <summary>Reads a history from a stream, to its end.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <exception cref="InvalidDataException">It is no history; the message names the line and what is wrong with it.</exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static TrainingHistory Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return HistoryReader.Read(stream);
    }
}

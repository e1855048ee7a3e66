using System.Globalization;
using System.Text;
using System.Text.Json;
using RnnLm.Faults;

namespace RnnLm.Training;

/// <summary>Reads a history line by line: what has a name that is known is taken, and what has another is passed over.</summary>
internal sealed class HistoryReader
{
    private static readonly double MostSeconds = TimeSpan.FromDays(100_000).TotalSeconds;

    private readonly List<HistoryPoint> points = [];
    private TrainingHistory described = new() { Points = [] };
    private StopReason? reason;

    private HistoryReader()
    {
    }

    /// <inheritdoc cref="TrainingHistory.Read(Stream)"/>
    public static TrainingHistory Read(Stream stream)
    {
        var reader = new HistoryReader();
        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        Exception? fault = null;
        var number = 0;
        while (text.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            // Only the last line may be cut.
            if (fault is not null) throw fault;
            try
            {
                using var json = JsonDocument.Parse(line);
                reader.Add(json.RootElement);
            }
            catch (JsonException)
            {
                fault = new InvalidDataException($"Line {number} is no JSON: {Quotation.Of(line)}.");
            }
            // A text of half a surrogate pair.
            catch (InvalidOperationException)
            {
                throw new InvalidDataException($"Line {number} has text that is none: {Quotation.Of(line)}.");
            }
            catch (InvalidDataException wrong)
            {
                throw new InvalidDataException($"Line {number}: {wrong.Message}", wrong);
            }
        }
        if (fault is not null && number == 1) throw fault;
        return reader.described with { Points = reader.points, StopReason = reader.reason };
    }

    private void Add(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new InvalidDataException($"It is {KindOf(line)}; it must be an object, with seconds and a perplexity.");
        var name = TextOf(line, HistoryNames.Event);
        var kind = name is null ? null : HistoryEvents.Of(name);
        switch (kind)
        {
            case HistoryEvent.Started:
                Describe(line);
                break;
            case HistoryEvent.Resumed:
                reason = null;
                break;
            case HistoryEvent.Ended:
                reason = ReasonOf(line);
                break;
            default:
                if (kind is not null || name is null) AddPoint(line, kind);
                break;
        }
    }

    private void Describe(JsonElement line)
    {
        if (TextOf(line, HistoryNames.Format) is { } format && format != HistoryNames.FormatName)
            throw new InvalidDataException($"{HistoryNames.Format} is {Quotation.Of(format)}; it must be \"{HistoryNames.FormatName}\".");
        if (WholeOf(line, HistoryNames.Version) is { } version && version > HistoryNames.NewestVersion)
            throw new InvalidDataException($"It was written by a newer version: it has format version {version}; this program reads up to {HistoryNames.NewestVersion}.");
        described = described with
        {
            Began = TimeOf(line, HistoryNames.Time),
            LibraryVersion = TextOf(line, HistoryNames.Library),
            Engine = TextOf(line, HistoryNames.Engine),
            Processor = TextOf(line, HistoryNames.Processor),
            Shape = TextOf(line, HistoryNames.Shape),
            ParameterCount = WholeOf(line, HistoryNames.Parameters),
            VocabularySize = WholeOf(line, HistoryNames.Vocabulary),
            CorpusWords = WholeOf(line, HistoryNames.CorpusWords),
            ValidationWords = WholeOf(line, HistoryNames.ValidationWords),
            Options = OptionsOf(line),
        };
    }

    private void AddPoint(JsonElement line, HistoryEvent? kind)
    {
        var training = PerplexityOf(line, HistoryNames.TrainingPerplexity);
        var validation = PerplexityOf(line, HistoryNames.ValidationPerplexity) ?? PerplexityOf(line, HistoryNames.Perplexity);
        if (training is null && validation is null && kind is null) return; // it tells of something else
        var seconds = NumberOf(line, HistoryNames.Seconds)
            ?? throw new InvalidDataException($"{HistoryNames.Seconds} is missing: it must be the time since training began.");
        Require(seconds >= 0 && seconds <= MostSeconds, HistoryNames.Seconds, seconds, Invariant($"from 0 to {MostSeconds}"));
        points.Add(new HistoryPoint
        {
            Elapsed = TimeSpan.FromSeconds(seconds),
            Epochs = NumberFrom0(line, HistoryNames.Epochs),
            Words = WholeOf(line, HistoryNames.Words),
            Step = WholeOf(line, HistoryNames.Step),
            TrainingPerplexity = training,
            ValidationPerplexity = validation,
            LearningRate = NumberFrom0(line, HistoryNames.LearningRate),
            IsEpoch = kind == HistoryEvent.Epoch,
        });
    }

    private static StopReason? ReasonOf(JsonElement line)
    {
        var text = TextOf(line, HistoryNames.StopReason);
        foreach (var value in Enum.GetValues<StopReason>())
            if (JsonNamingPolicy.CamelCase.ConvertName(value.ToString()) == text) return value;
        return null; // one that a later version has
    }

    private static Dictionary<string, string> OptionsOf(JsonElement line)
    {
        var options = new Dictionary<string, string>();
        if (Find(line, HistoryNames.Options) is not { } found) return options;
        if (found.ValueKind != JsonValueKind.Object) throw Wrong(HistoryNames.Options, found, "an object");
        foreach (var option in found.EnumerateObject())
            options[option.Name] = option.Value.ValueKind == JsonValueKind.String ? option.Value.GetString()! : throw Wrong(HistoryNames.Options, option.Value, "an object of texts");
        return options;
    }

    private static DateTimeOffset? TimeOf(JsonElement line, string name)
    {
        if (TextOf(line, name) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new InvalidDataException($"{name} is {Quotation.Of(text)}; it must be a time such as 2026-01-31T12:00:00Z.");
    }

    private static string? TextOf(JsonElement line, string name)
        => Find(line, name) is not { } found ? null : found.ValueKind == JsonValueKind.String ? found.GetString() : throw Wrong(name, found, "a text");

    private static long? WholeOf(JsonElement line, string name)
        => Find(line, name) is not { } found ? null
            : found.ValueKind == JsonValueKind.Number && found.TryGetInt64(out var number) && number >= 0 ? number
            : throw Wrong(name, found, "a whole number from 0 on");

    private static double? NumberOf(JsonElement line, string name)
        => Find(line, name) is not { } found ? null
            : found.ValueKind == JsonValueKind.Number && found.TryGetDouble(out var number) && double.IsFinite(number) ? number
            : throw Wrong(name, found, "a finite number");

    private static double? NumberFrom0(JsonElement line, string name)
    {
        var number = NumberOf(line, name);
        if (number is { } value) Require(value >= 0, name, value, "at least 0");
        return number;
    }

    private static double? PerplexityOf(JsonElement line, string name)
    {
        var number = NumberOf(line, name);
        if (number is { } value) Require(value >= 1, name, value, "at least 1");
        return number;
    }

    private static void Require(bool isRight, string name, double value, string right)
    {
        if (!isRight) throw new InvalidDataException(Invariant($"{name} is {value}; it must be {right}."));
    }

    // What is null is not known.
    private static JsonElement? Find(JsonElement line, string name) => line.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private static InvalidDataException Wrong(string name, JsonElement found, string right) => new($"{name} is {Quotation.Of(found.GetRawText().Trim('"'))}; it must be {right}.");

    private static string KindOf(JsonElement line) => line.ValueKind switch
    {
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => Quotation.Of(line.GetRawText()),
    };
}

using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace RnnLm.Training;

/// <summary>Makes the lines of a history: an object of JSON each, in ASCII, so that no character is cut where a line is.</summary>
internal static class HistoryLine
{
    /// <summary>The first line.</summary>
    /// <param name="started">What is told of the run.</param>
    /// <param name="now">The time.</param>
    public static byte[] Started(TrainingStarted started, DateTimeOffset now) => Of(HistoryEvent.Started, json =>
    {
        json.WriteString(HistoryNames.Format, HistoryNames.FormatName);
        json.WriteNumber(HistoryNames.Version, HistoryNames.NewestVersion);
        WriteTime(json, now);
        json.WriteString(HistoryNames.Library, LibraryVersion);
        json.WriteString(HistoryNames.Engine, started.Engine);
        json.WriteString(HistoryNames.Processor, Processor.Description);
        json.WriteString(HistoryNames.Shape, started.Shape.ToString());
        json.WriteNumber(HistoryNames.Parameters, started.ParameterCount);
        json.WriteNumber(HistoryNames.Vocabulary, started.Shape.VocabularySize);
        json.WriteNumber(HistoryNames.CorpusWords, started.CorpusWords);
        if (started.ValidationWords is { } words) json.WriteNumber(HistoryNames.ValidationWords, words);
        json.WriteStartObject(HistoryNames.Options);
        foreach (var (name, value) in started.Options) json.WriteString(name, value);
        json.WriteEndObject();
    });

    /// <summary>A line that tells that the run went on from a checkpoint.</summary>
    public static byte[] Resumed(TimeSpan elapsed, long step, DateTimeOffset now) => Of(HistoryEvent.Resumed, json =>
    {
        WriteTime(json, now);
        WriteSeconds(json, elapsed);
        json.WriteNumber(HistoryNames.Step, step);
    });

    /// <summary>A point of the learning curve.</summary>
    /// <param name="kind">What it is of.</param>
    /// <param name="point">The point.</param>
    /// <param name="isBest">Whether the weights are the best until then; null where they are not compared.</param>
    public static byte[] Point(HistoryEvent kind, HistoryPoint point, bool? isBest = null) => Of(kind, json =>
    {
        WriteSeconds(json, point.Elapsed);
        Write(json, HistoryNames.Epochs, point.Epochs);
        if (point.Words is { } words) json.WriteNumber(HistoryNames.Words, words);
        if (point.Step is { } step) json.WriteNumber(HistoryNames.Step, step);
        Write(json, HistoryNames.TrainingPerplexity, point.TrainingPerplexity);
        Write(json, HistoryNames.ValidationPerplexity, point.ValidationPerplexity);
        Write(json, HistoryNames.LearningRate, point.LearningRate);
        if (isBest is { } best) json.WriteBoolean(HistoryNames.IsBest, best);
    });

    /// <summary>The last line.</summary>
    /// <param name="elapsed">The time since training began.</param>
    /// <param name="reason">Why the run ended.</param>
    /// <param name="best">The epoch that the best weights are of; null where there are none.</param>
    /// <param name="perplexity">Their validation perplexity; null where it is not known.</param>
    /// <param name="fault">Why the run failed; null where it did not.</param>
    public static byte[] Ended(TimeSpan elapsed, StopReason reason, int? best, double? perplexity, string? fault) => Of(HistoryEvent.Ended, json =>
    {
        WriteSeconds(json, elapsed);
        json.WriteString(HistoryNames.StopReason, JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()));
        if (best is { } epoch) json.WriteNumber(HistoryNames.BestEpoch, epoch);
        // Not under the name of a point's, which this is none of.
        Write(json, "bestValidationPerplexity", perplexity);
        if (fault is not null) json.WriteString(HistoryNames.Fault, fault);
    });

    private static string LibraryVersion
        => typeof(HistoryLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static byte[] Of(HistoryEvent kind, Action<Utf8JsonWriter> write) => Of(HistoryEvents.NameOf(kind), write);

    /// <summary>A line of any kind.</summary>
    public static byte[] Of(string kind, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(HistoryNames.Event, kind);
            write(json);
            json.WriteEndObject();
        }
        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteTime(Utf8JsonWriter json, DateTimeOffset now)
        => json.WriteString(HistoryNames.Time, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    private static void WriteSeconds(Utf8JsonWriter json, TimeSpan time) => json.WriteNumber(HistoryNames.Seconds, Math.Round(time.TotalSeconds, 3));

    // JSON has no number that is not finite: what is none is not told.
    private static void Write(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value && double.IsFinite(value)) json.WriteNumber(name, value);
    }
}

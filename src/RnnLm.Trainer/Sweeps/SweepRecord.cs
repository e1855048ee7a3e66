using System.Globalization;
using System.Text.Json;
using RnnLm.Faults;

namespace RnnLm.Training;

/// <summary>What the folder of a sweep tells of it, as lines of JSON: what it is, its trials, and what each gave in each rung.</summary>
internal sealed class SweepRecord
{
    public const string FormatName = "rnnlm-sweep";
    public const int Version = 1;

    private const string Sweep = "sweep";
    private const string Trial = "trial";
    private const string Result = "result";
    private const string Best = "best";
    private const int MostTrials = 10_000;
    private const int MostRungs = 64;
    private static readonly double MostSeconds = TimeSpan.FromDays(100_000).TotalSeconds;

    private SweepRecord()
    {
    }

    /// <summary>What decides what is tried: see <see cref="Begin"/>.</summary>
    public Dictionary<string, string> Identity { get; } = [];

    /// <summary>The caller's own.</summary>
    public Dictionary<string, string> Notes { get; } = [];

    /// <summary>The settings of the trials, by their numbers.</summary>
    public Dictionary<int, SweepSettings> Settings { get; } = [];

    /// <summary>What trials gave, in the order in which they did.</summary>
    public List<SweepTrial> Results { get; } = [];

    /// <summary>The trial that the best model is of, with its perplexity; null where there is none.</summary>
    public (int Trial, double Perplexity)? BestModel { get; private set; }

    /// <summary>How long the sweep had taken when the last line was written.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The bytes of the lines that are whole.</summary>
    public long Length { get; private set; }

    /// <summary>The first line.</summary>
    public static byte[] Begin(IReadOnlyDictionary<string, string> identity, IReadOnlyDictionary<string, string> notes, DateTimeOffset now) => HistoryLine.Of(Sweep, json =>
    {
        json.WriteString(HistoryNames.Format, FormatName);
        json.WriteNumber(HistoryNames.Version, Version);
        json.WriteString(HistoryNames.Time, now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        Write(json, "identity", identity);
        Write(json, "notes", notes);
    });

    /// <summary>The line of a trial that has not begun.</summary>
    public static byte[] Of(SweepTrial trial) => HistoryLine.Of(Trial, json =>
    {
        json.WriteNumber(Trial, trial.Number);
        Write(json, "settings", trial.Settings);
    });

    /// <summary>The line of what a trial gave.</summary>
    public static byte[] ResultOf(SweepTrial trial, TimeSpan elapsed) => HistoryLine.Of(Result, json =>
    {
        json.WriteNumber(Trial, trial.Number);
        json.WriteNumber("rung", trial.Rung!.Value);
        json.WriteString("outcome", JsonNamingPolicy.CamelCase.ConvertName(trial.Outcome!.Value.ToString()));
        if (trial.Perplexity is { } perplexity) json.WriteNumber(HistoryNames.ValidationPerplexity, perplexity);
        json.WriteNumber(HistoryNames.Seconds, trial.Elapsed.TotalSeconds);
        json.WriteNumber(HistoryNames.Epochs, trial.Epochs);
        if (trial.Fault is { } fault) json.WriteString(HistoryNames.Fault, fault);
        json.WriteNumber("elapsed", elapsed.TotalSeconds);
    });

    /// <summary>The line of the best model, which is in its file already.</summary>
    public static byte[] BestOf(int trial, double perplexity, TimeSpan elapsed) => HistoryLine.Of(Best, json =>
    {
        json.WriteNumber(Trial, trial);
        json.WriteNumber(HistoryNames.ValidationPerplexity, perplexity);
        json.WriteNumber("elapsed", elapsed.TotalSeconds);
    });

    /// <summary>Reads a record as far as its last whole line: only that may be cut.</summary>
    /// <exception cref="InvalidDataException">It is no record of a sweep; the message names the line.</exception>
    public static SweepRecord Read(ReadOnlyMemory<byte> content)
    {
        var record = new SweepRecord();
        var number = 0;
        for (var rest = content; rest.Span.IndexOf((byte)'\n') is >= 0 and var end; rest = rest[(end + 1)..])
        {
            number++;
            try
            {
                using var json = JsonDocument.Parse(rest[..end]);
                record.Add(json.RootElement, isFirst: number == 1);
            }
            catch (Exception fault) when (fault is JsonException or InvalidDataException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
            {
                // What a process that was killed left half-written may have come before the end of the disk's block.
                if (number > 1 && rest.Length == end + 1) break;
                throw new InvalidDataException($"Line {number} is none of a sweep: {fault.Message}", fault);
            }
            record.Length += end + 1;
        }
        return record;
    }

    private void Add(JsonElement line, bool isFirst)
    {
        if (line.ValueKind != JsonValueKind.Object) throw new InvalidDataException("It is no object.");
        var kind = line.GetProperty(HistoryNames.Event).GetString();
        if (isFirst != (kind == Sweep)) throw new InvalidDataException(isFirst ? $"Its first event is {Quotation.Of(kind ?? "")}; it must be \"{Sweep}\"." : "A second sweep begins.");
        switch (kind)
        {
            case Sweep:
                AddBegin(line);
                break;
            case Trial:
                Settings[WholeOf(line, Trial, 1, MostTrials)] = new SweepSettings(TextsOf(line, "settings"));
                break;
            case Result:
                AddResult(line);
                break;
            case Best:
                // All of a line is taken, or nothing.
                (BestModel, Elapsed) = ((NumberOfTrial(line), PerplexityOf(line) ?? throw new InvalidDataException("The best has no perplexity.")), TimeOf(line, "elapsed"));
                break;
        }
    }

    private void AddBegin(JsonElement line)
    {
        if (line.GetProperty(HistoryNames.Format).GetString() is var format && format != FormatName) throw new InvalidDataException($"Its format is {Quotation.Of(format ?? "")}; it must be \"{FormatName}\".");
        if (WholeOf(line, HistoryNames.Version, 1, int.MaxValue) is var version && version > Version)
            throw new InvalidDataException($"It was written by a newer version: it has format version {version}; this program reads up to {Version}.");
        foreach (var (name, text) in TextsOf(line, "identity")) Identity[name] = text;
        foreach (var (name, text) in TextsOf(line, "notes")) Notes[name] = text;
    }

    private void AddResult(JsonElement line)
    {
        var number = NumberOfTrial(line);
        var elapsed = TimeOf(line, "elapsed");
        Results.Add(new SweepTrial
        {
            Number = number,
            Settings = Settings[number],
            Rung = WholeOf(line, "rung", 0, MostRungs),
            Outcome = OutcomeOf(line),
            Perplexity = PerplexityOf(line),
            Elapsed = TimeOf(line, HistoryNames.Seconds),
            Epochs = NumberOf(line, HistoryNames.Epochs, 0, int.MaxValue),
            Fault = line.TryGetProperty(HistoryNames.Fault, out var fault) ? fault.GetString() : null,
        });
        Elapsed = elapsed;
    }

    private int NumberOfTrial(JsonElement line)
        => WholeOf(line, Trial, 1, MostTrials) is var number && Settings.ContainsKey(number) ? number : throw new InvalidDataException($"There is no trial {number} before it.");

    private static TrialOutcome OutcomeOf(JsonElement line)
    {
        var text = line.GetProperty("outcome").GetString();
        foreach (var outcome in Enum.GetValues<TrialOutcome>())
            if (JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()) == text) return outcome;
        throw new InvalidDataException($"The outcome is {Quotation.Of(text ?? "")}, which is none.");
    }

    private static double? PerplexityOf(JsonElement line)
        => line.TryGetProperty(HistoryNames.ValidationPerplexity, out _) ? NumberOf(line, HistoryNames.ValidationPerplexity, 1, double.MaxValue) : null;

    private static TimeSpan TimeOf(JsonElement line, string name) => TimeSpan.FromSeconds(NumberOf(line, name, 0, MostSeconds));

    private static int WholeOf(JsonElement line, string name, int least, int most)
        => line.GetProperty(name).GetInt32() is var number && number >= least && number <= most ? number : throw new InvalidDataException(Invariant($"{name} is {number}; it must be from {least} to {most}."));

    private static double NumberOf(JsonElement line, string name, double least, double most)
        => line.GetProperty(name).GetDouble() is var number && number >= least && number <= most ? number : throw new InvalidDataException(Invariant($"{name} is {number}; it must be from {least} to {most}."));

    private static IEnumerable<KeyValuePair<string, string>> TextsOf(JsonElement line, string name)
        => line.GetProperty(name).EnumerateObject().Select(text => KeyValuePair.Create(text.Name, text.Value.GetString() ?? throw new InvalidDataException($"{text.Name} is null; it must be a text."))).ToList();

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        json.WriteStartObject(name);
        foreach (var (key, text) in texts) json.WriteString(key, text);
        json.WriteEndObject();
    }
}

using System.Text.Json;
using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>Reads the lines of <see cref="NBestFormat.JsonLines"/>.</summary>
internal sealed class JsonListReader(string name) : NBestReader(name)
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a transcript.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static (string Utterance, string Text) ReadTranscript(string line) => Parse(line, root =>
    {
        var members = Members(root, "the line", "utterance", "reference");
        return (Text(members, "utterance") ?? throw Missing("the line", "utterance"), Text(members, "reference") ?? throw Missing("the line", "reference"));
    });

    protected override void Read(string line)
    {
        try
        {
            var list = Parse(line, ListOf);
            Begin(list.Utterance);
            Whole = list;
        }
        catch (FormatException fault)
        {
            throw Fault(fault.Message);
        }
    }

    protected override void ReadEnd()
    {
        // Every line is a list.
    }

    private static NBestList ListOf(JsonElement root)
    {
        var members = Members(root, "the line", "utterance", "hypotheses", "reference", "conversation");
        var utterance = Text(members, "utterance") ?? throw Missing("the line", "utterance");
        if (utterance.Length == 0) throw new FormatException("the utterance has no name.");
        if (!members.TryGetValue("hypotheses", out var hypotheses)) throw Missing("the line", "hypotheses");
        if (hypotheses.ValueKind != JsonValueKind.Array) throw new FormatException("hypotheses must be a list.");
        try
        {
            return new NBestList(utterance, hypotheses.EnumerateArray().Select(HypothesisOf), Text(members, "reference"), Text(members, "conversation"));
        }
        catch (ArgumentException fault)
        {
            throw new FormatException(MessageOf(fault), fault);
        }
    }

    private static Hypothesis HypothesisOf(JsonElement element)
    {
        var members = Members(element, "a hypothesis", "text", "scores");
        var text = Text(members, "text") ?? throw Missing("a hypothesis", "text");
        if (!members.TryGetValue("scores", out var scores)) return new Hypothesis(text, []);
        if (scores.ValueKind != JsonValueKind.Array) throw new FormatException($"the scores of the hypothesis {Quotation.Of(text)} must be a list of numbers.");
        return new Hypothesis(text, [.. scores.EnumerateArray().Select(score => score.ValueKind == JsonValueKind.Number && ScoreOf(score.GetRawText()) is { } number
            ? number
            : throw new FormatException($"a score of the hypothesis {Quotation.Of(text)} is {Quotation.Of(score.GetRawText())}; it must be a finite number such as -12.3."))]);
    }

    private static T Parse<T>(string line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            return read(document.RootElement);
        }
        // The reader counts lines within the line that it was given.
        catch (JsonException fault)
        {
            throw new FormatException(FormattableString.Invariant($"the line is {Quotation.Of(line)}, which is no JSON from its byte {fault.BytePositionInLine + 1 ?? 1} on."), fault);
        }
        // A text with half a surrogate pair.
        catch (InvalidOperationException fault)
        {
            throw new FormatException($"the line is {Quotation.Of(line)}, which has a text that is none: half a surrogate pair.", fault);
        }
    }

    private static Dictionary<string, JsonElement> Members(JsonElement element, string what, params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new FormatException($"{what} must be an object with {string.Join(", ", known)}.");
        var members = new Dictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name)) throw new FormatException($"{what} has {Quotation.Of(member.Name)}, which is not known; it may have {string.Join(", ", known)}.");
            members.Add(member.Name, member.Value);
        }
        return members;
    }

    private static string? Text(Dictionary<string, JsonElement> members, string name)
    {
        if (!members.TryGetValue(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new FormatException($"{name} must be a text.");
    }

    private static FormatException Missing(string what, string name) => new($"{what} has no {name}.");

    private static string MessageOf(ArgumentException fault)
    {
        var end = fault.ParamName is null ? -1 : fault.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? fault.Message : fault.Message[..end];
    }
}

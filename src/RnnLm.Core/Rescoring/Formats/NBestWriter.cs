using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>Writes n-best lists and transcripts.</summary>
internal static class NBestWriter
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">The list has what the format cannot hold.</exception>
    public static void Write(TextWriter writer, NBestList list, NBestFormat format, IReadOnlyList<TextWriter> scores)
    {
        RequireLines(list.Utterance, [list.Utterance, list.Reference, list.Conversation, .. list.Hypotheses.Select(hypothesis => hypothesis.Text)]);
        if (format == NBestFormat.JsonLines)
        {
            RequireNoWriters(scores, format);
            RequireName(list);
            WriteLine(writer, json => WriteList(json, list));
            return;
        }
        var lines = HypothesisLines.Of(format);
        if (lines.HoldsScores) RequireNoWriters(scores, format);
        if (list.Hypotheses.Count == 0) throw Fault(list.Utterance, $"it has no hypothesis, which the format {format} cannot hold; {NBestFormat.JsonLines} can.");
        if ((list.Reference ?? list.Conversation) is not null)
            throw Fault(list.Utterance, $"it has a reference or a conversation, which the format {format} cannot hold; {NBestFormat.JsonLines} can, and references may be transcripts of their own.");
        if (scores.Count > 0 && scores.Count != list.ScoreCount)
            throw Fault(list.Utterance, FormattableString.Invariant($"its hypotheses have {list.ScoreCount} scores, and there are {scores.Count} writers for them; there must be one for each."));
        for (var i = 0; i < list.Hypotheses.Count; i++)
        {
            var hypothesis = list.Hypotheses[i];
            writer.Write(LineOf(list.Utterance, () => lines.Write(list.Utterance, i + 1, hypothesis)) + "\n");
            for (var score = 0; score < scores.Count; score++)
                scores[score].Write($"{HypothesisLines.KeyOf(list.Utterance, i + 1)} {hypothesis.Scores[score].ToString("R", CultureInfo.InvariantCulture)}\n");
        }
    }

    /// <exception cref="ArgumentException">The name or the text has what the format cannot hold.</exception>
    public static void WriteTranscript(TextWriter writer, string utterance, string text, NBestFormat format)
    {
        RequireLines(utterance, [utterance, text]);
        if (format != NBestFormat.JsonLines)
        {
            writer.Write(LineOf(utterance, () => HypothesisLines.Of(format).WriteTranscript(utterance, text)) + "\n");
            return;
        }
        WriteLine(writer, json =>
        {
            json.WriteString("utterance", utterance);
            json.WriteString("reference", text);
        });
    }

    private static void WriteList(Utf8JsonWriter json, NBestList list)
    {
        json.WriteString("utterance", list.Utterance);
        if (list.Conversation is not null) json.WriteString("conversation", list.Conversation);
        if (list.Reference is not null) json.WriteString("reference", list.Reference);
        json.WriteStartArray("hypotheses");
        foreach (var hypothesis in list.Hypotheses)
        {
            json.WriteStartObject();
            json.WriteString("text", hypothesis.Text);
            if (hypothesis.Scores.Count > 0)
            {
                json.WriteStartArray("scores");
                foreach (var score in hypothesis.Scores) json.WriteNumberValue(score);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteLine(TextWriter writer, Action<Utf8JsonWriter> writeMembers)
    {
        var room = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(room, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }
        writer.Write(Encoding.UTF8.GetString(room.WrittenSpan) + "\n");
    }

    private static string LineOf(string utterance, Func<string> write)
    {
        try
        {
            return write();
        }
        catch (FormatException fault)
        {
            throw Fault(utterance, fault.Message);
        }
    }

    /// <summary>Throws where a text would not come back as it is from any file of lines.</summary>
    private static void RequireLines(string utterance, IEnumerable<string?> texts)
    {
        foreach (var text in texts)
        {
            if (text is null) continue;
            if (text.AsSpan().ContainsAny('\n', '\r')) throw Fault(utterance, $"the text {Quotation.Of(text)} has a line break in it, and a line of the file is one text.");
            try
            {
                Strict.GetByteCount(text);
            }
            catch (EncoderFallbackException)
            {
                throw Fault(utterance, $"the text {Quotation.Of(text)} has half a surrogate pair in it, which UTF-8 cannot hold.");
            }
        }
    }

    private static void RequireName(NBestList list)
    {
        if (list.Utterance.Length == 0) throw Fault(list.Utterance, "it has no name.");
    }

    private static void RequireNoWriters(IReadOnlyList<TextWriter> scores, NBestFormat format)
    {
        if (scores.Count > 0) throw new ArgumentException($"There are writers for scores, and the format {format} has scores in its lines; leave them out.", nameof(scores));
    }

    private static ArgumentException Fault(string utterance, string what) => new($"The utterance {Quotation.Of(utterance)} cannot be written: {what}");
}

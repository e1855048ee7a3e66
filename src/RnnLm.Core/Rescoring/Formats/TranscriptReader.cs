using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>Reads transcripts, a line each.</summary>
internal static class TranscriptReader
{
    /// <summary>The transcripts by the names of their utterances.</summary>
    /// <exception cref="InvalidDataException">A line is not as the format has it, or an utterance comes twice.</exception>
    public static Dictionary<string, string> Read(IEnumerable<string> lines, NBestFormat format, string name)
    {
        var ofLines = format == NBestFormat.JsonLines ? null : HypothesisLines.Of(format);
        var transcripts = new Dictionary<string, string>();
        var lineNumber = 0L;
        foreach (var line in lines)
        {
            lineNumber++;
            if (line is null) throw NBestReader.NoLine(name, lineNumber);
            if (ofLines?.IsComment(line) == true) continue;
            try
            {
                var (utterance, text) = ofLines?.ReadTranscript(line) ?? JsonListReader.ReadTranscript(line);
                if (!transcripts.TryAdd(utterance, text)) throw new FormatException($"the utterance {Quotation.Of(utterance)} has come before.");
            }
            catch (FormatException fault)
            {
                throw NBestReader.FaultAt(name, lineNumber, fault.Message);
            }
        }
        return transcripts;
    }
}

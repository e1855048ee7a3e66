using RnnLm.Faults;

namespace RnnLm.Rescoring.Formats;

/// <summary>The lines of <see cref="NBestFormat.Trn"/>.</summary>
internal sealed class TrnLines : HypothesisLines
{
    private const string Comment = ";;";

    public override bool IsComment(string line) => line.StartsWith(Comment, StringComparison.Ordinal);

    public override string WriteTranscript(string utterance, string text)
    {
        RequireName(utterance, [.. Spaces, '(', ')'], "white space or a parenthesis");
        RequireTrimmed(text);
        RequireNoAlternation(text);
        if (IsComment(text)) throw new FormatException($"the text {Quotation.Of(text)} begins with {Comment}, which makes a comment of its line.");
        return text.Length == 0 ? $"({utterance})" : $"{text} ({utterance})";
    }

    protected override (string Key, string Text) Cut(string line)
    {
        var trimmed = line.TrimEnd(Spaces);
        var begin = trimmed.LastIndexOf('(');
        if (begin < 0 || !trimmed.EndsWith(')') || trimmed.Length - begin < 3)
            throw new FormatException($"the line is {Quotation.Of(line)}; it must end with the utterance's name in parentheses, such as (utt).");
        var (key, text) = (trimmed[(begin + 1)..^1], trimmed[..begin].Trim(Spaces));
        if (key.AsSpan().ContainsAny([.. Spaces, ')'])) throw new FormatException($"the name {Quotation.Of(key)} has white space or a parenthesis in it.");
        RequireNoAlternation(text);
        return (key, text);
    }

    private static void RequireNoAlternation(string text)
    {
        if (text.Split(Spaces).Any(word => word is "{" or "}"))
            throw new FormatException($"the text {Quotation.Of(text)} has an alternation in braces, which is not read; write one of its texts.");
    }
}

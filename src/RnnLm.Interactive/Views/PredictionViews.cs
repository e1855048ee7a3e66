using System.Globalization;
using RnnLm.Interactive.Tables;

namespace RnnLm.Interactive.Views;

/// <summary>What a model says of texts: next words, suggestions, gaps, suspects, scores.</summary>
internal static class PredictionViews
{
    private const double BitsOfFullColor = 12;

    public static string NextWords(NextWordPredictions words)
    {
        var table = new HtmlTable("Next word", "Probability");
        foreach (var word in words) table.Add(HtmlText.Of(word.Word), HtmlTable.Bar(word.Probability));
        return table.Add("<i>end of the line</i>", HtmlTable.Bar(words.EndOfLineProbability)).Add("<i>an unknown word</i>", HtmlTable.Bar(words.UnknownProbability)).ToString();
    }

    public static string Suggestions(IEnumerable<Suggestion> suggestions)
    {
        var table = new HtmlTable("Suggestion", "Probability", "Replaces", "Edits");
        foreach (var suggestion in suggestions)
            table.Add(HtmlText.Of(suggestion.Text), HtmlTable.Bar(suggestion.Probability), Number(suggestion.ReplacedLength), Number(suggestion.Edits));
        return table.ToString();
    }

    public static string Filled(FilledGap gap)
    {
        var table = new HtmlTable("Words", "Probability", "Text");
        foreach (var candidate in gap) table.Add(HtmlText.Of(candidate.Words), HtmlTable.Bar(candidate.Probability), HtmlText.Of(candidate.Text));
        return table.ToString();
    }

    public static string Suspects(IEnumerable<SuspectWord> suspects)
    {
        var table = new HtmlTable("Suspect", "At", "Rather");
        foreach (var suspect in suspects)
            table.Add(HtmlText.Of(suspect.Word), Number(suspect.Position), string.Join(", ", suspect.Alternatives.Select(alternative => HtmlText.Of(alternative.Word))));
        return table.ToString();
    }

    /// <summary>The words of a text, the darker the less a word was expected, each with its bits; and what they come to.</summary>
    public static string Score(TextScore score)
    {
        var words = string.Join(' ', score.Words.Select(Word));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<p dir=\"auto\" style=\"line-height:2.2\">{words}</p><p><small>In bits, by how unexpected each word is. Perplexity {score.Perplexity:F1} over {score.Count:N0} words, {score.UnknownCount:N0} unknown.</small></p>");
    }

    private static string Word(WordScore word)
    {
        var bits = -word.LogProbability / Math.Log(2);
        var share = Math.Clamp(bits / BitsOfFullColor, 0, 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<span style=\"background:rgba(213,94,0,{share:F2});padding:.15em .3em;border-radius:.2em\"><bdi>{HtmlText.Encode(word.Word)}</bdi> <small>{bits:F1}</small></span>");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace RnnLm.Reasons;

/// <summary>Writes an explanation as HTML.</summary>
internal static class ExplanationHtml
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Of(Explanation explanation)
    {
        var html = new StringBuilder();
        html.Append(
            CultureInfo.InvariantCulture,
            $"<figure style=\"margin:1em 0\"><figcaption>Why <b><bdi>{Shown(explanation.Word)}</bdi></b>, of probability {explanation.Probability:P1}?</figcaption>");
        html.Append("<p dir=\"auto\" style=\"line-height:2.2\">");
        if (explanation.Words is [{ Position: > 0 }, ..]) html.Append("… ");
        var greatest = explanation.Words.Select(word => Math.Abs(word.Nats)).DefaultIfEmpty().Max();
        foreach (var word in explanation.Words) Append(html, word, InfluenceColor.Of(word.Nats, greatest));
        html.Append("</p>");
        html.Append(
            CultureInfo.InvariantCulture,
            $"<p><small>In nats by which a word raises (+, blue) or lowers (−, orange) the log-probability: {Encoder.Encode(explanation.Method)}.</small></p></figure>");
        return html.ToString();
    }

    private static void Append(StringBuilder html, WordInfluence word, InfluenceColor color)
    {
        // Not by colour alone: a number beside each word, and a line that is dashed where the word lowers.
        var foreground = color.TakesBlack ? "#000000" : "#ffffff";
        html.Append(
            CultureInfo.InvariantCulture,
            $"<span style=\"background:{color.Html};color:{foreground};padding:.15em .3em;border-radius:.2em;border-bottom:2px {(word.Nats < 0 ? "dashed" : "solid")} {foreground}\" ");
        html.Append(CultureInfo.InvariantCulture, $"title=\"{Signed(word.Nats, "0.0000")} nats, {Signed(100 * word.Probability, "0.00")} points of probability\">");
        html.Append(CultureInfo.InvariantCulture, $"<bdi>{Shown(word.Word)}</bdi> <small>{Signed(word.Nats, "0.00")}</small></span> ");
    }

    private static string Signed(double value, string format) => value.ToString($"+{format};−{format};{format}", CultureInfo.InvariantCulture);

    private static string Shown(string word) => Encoder.Encode(ShownWord.Of(word));
}

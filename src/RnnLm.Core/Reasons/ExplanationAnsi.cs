using System.Globalization;
using System.Text;

namespace RnnLm.Reasons;

/// <summary>Writes an explanation in a terminal's colours.</summary>
internal static class ExplanationAnsi
{
    private const string Reset = "\e[0m";
    private const int Black = 16;
    private const int White = 231;

    public static string Of(Explanation explanation)
    {
        var text = new StringBuilder();
        if (explanation.Words is [{ Position: > 0 }, ..]) text.Append("… ");
        var greatest = explanation.Words.Select(word => Math.Abs(word.Nats)).DefaultIfEmpty().Max();
        foreach (var word in explanation.Words)
        {
            var color = InfluenceColor.Of(word.Nats, greatest);
            var foreground = color.ShownByTerminal().TakesBlack ? Black : White;
            if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            text.Append(CultureInfo.InvariantCulture, $"\e[48;5;{color.Terminal};38;5;{foreground}m{ShownWord.Of(word.Word)}{Reset}");
        }
        return text.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace RnnLm.Interactive.Tables;

/// <summary>A table as HTML. Cells are HTML already.</summary>
/// <param name="headings">What stands above the columns.</param>
internal sealed class HtmlTable(params string[] headings)
{
    private readonly StringBuilder rows = new();

    public HtmlTable Add(params IEnumerable<string> cells)
    {
        rows.Append("<tr>");
        foreach (var cell in cells) rows.Append("<td style=\"text-align:left\">").Append(cell).Append("</td>");
        rows.Append("</tr>");
        return this;
    }

    public override string ToString()
    {
        var above = headings.Length == 0 ? "" : $"<thead><tr>{string.Concat(headings.Select(heading => $"<th style=\"text-align:left\">{heading}</th>"))}</tr></thead>";
        return $"<table>{above}<tbody>{rows}</tbody></table>";
    }

    /// <summary>A share of one, as a bar with its number.</summary>
    public static string Bar(double share) => string.Create(
        CultureInfo.InvariantCulture,
        $"<span style=\"display:inline-block;width:{100 * share:F0}px;height:.8em;background:#0072b2\"></span> {share:P1}");
}

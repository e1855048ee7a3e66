using RnnLm.Text;
using RnnLm.Wording;

namespace RnnLm.Cli.Output;

/// <summary>Counts lines of a text that were damaged before they are read, and warns of them.</summary>
sealed class DamagedLines
{
    private long count;

    /// <summary>Hands lines on, and counts those that are damaged among them.</summary>
    public IEnumerable<string> CountIn(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (line.Contains(TextRepair.Replacement)) count++;
            yield return line;
        }
    }

    /// <summary>Says how many there were, where there were any.</summary>
    public void Warn(Terminal terminal)
    {
        if (count == 0) return;
        terminal.Tell($"{CountText.Of(count, "line of the text has", "lines of the text have")} the character U+FFFD in {CountText.Choose(count, "it", "them")}, which stands for bytes that were no text: "
            + "the text was probably converted from another encoding than its own, or is damaged.");
    }
}

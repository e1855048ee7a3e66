using RnnLm.Cli.Output;

namespace RnnLm.Cli.Filters;

/// <summary>What a filter writes for a line: of a line of JSON, its columns and behind them what was found; of any other, as JSON or as text.</summary>
/// <param name="terminal">Where it goes.</param>
/// <param name="cancellation">Ends the writing of a line early.</param>
/// <param name="format">What the lines are.</param>
/// <param name="json">Whether JSON is written for lines of text.</param>
/// <param name="textName">What JSON then calls the text.</param>
sealed class FilterOutput(Terminal terminal, CancellationToken cancellation, FilterFormat format, bool json, string textName)
{
    private const string Error = "error";

    /// <summary>Whether JSON is written.</summary>
    public bool IsJson => json || format.IsJson;

    /// <summary>Whether an empty line ends what is written as text for a line, which may be several.</summary>
    public bool EndsInEmptyLine { get; init; }

    /// <summary>Begins the object for a line: what is found in it follows.</summary>
    public JsonObjectWriter Begin(FilterLine line)
    {
        if (format.IsJson) return new JsonObjectWriter(terminal.Out, cancellation, ShownColumnsOf(line), format.Prefix);
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        if (line.Text is not null) answer.Text(textName, line.Text);
        return answer;
    }

    /// <summary>Writes in the place of an answer why there is none.</summary>
    public void WriteFault(FilterLine line, string fault)
    {
        if (!IsJson)
        {
            terminal.Out.WriteLine($"{Error}\t{Printable.Line(fault)}");
            EndText();
            return;
        }
        var answer = Begin(line);
        answer.Text(line.Columns is null ? Error : JsonColumns.FreeName(line.Columns, format.Prefix, Error), fault);
        answer.End();
    }

    /// <summary>Ends what is written as text for a line.</summary>
    public void EndText()
    {
        if (EndsInEmptyLine) terminal.Out.WriteLine();
    }

    /// <summary>Columns as they stand, where there are any; a screen is not to be steered by them.</summary>
    private string? ShownColumnsOf(FilterLine line) => line.Columns is { } columns && terminal.IsOutputInteractive ? Printable.Line(columns) : line.Columns;
}

namespace RnnLm.Cli.Filters;

/// <summary>What the lines of a filter are: text, or objects of JSON with the text in one column.</summary>
sealed class FilterFormat
{
    /// <summary>Whether they are objects of JSON.</summary>
    public bool IsJson { get; set; }

    /// <summary>The column with the text.</summary>
    public string Column { get; set; } = "text";

    /// <summary>What the names of columns begin with that are added.</summary>
    public string Prefix { get; set; } = "rnnlm_";

    /// <summary>The names of the results, without what they begin with.</summary>
    public IReadOnlyList<string> Results { get; set; } = [];

    /// <summary>A line as what it is.</summary>
    /// <param name="line">The line.</param>
    /// <param name="place">Where it stands, for its fault.</param>
    public FilterLine Read(string line, string place) => IsJson ? JsonColumns.Read(line, place, this) : new FilterLine(line);
}

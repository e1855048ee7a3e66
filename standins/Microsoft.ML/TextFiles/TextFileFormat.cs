using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How lines of a file become fields, and fields columns.</summary>
internal sealed class TextFileFormat
{
    public TextFileFormat(TextLoader.Options options, string headerPath)
    {
        Fault.CheckArgument(options.Columns is { Length: > 0 }, "Columns", "Must specify the columns to read");
        Fault.CheckArgument(options.MaxRows is null or >= 0, nameof(options.MaxRows));
        Separators = [.. options.Separators.Distinct()];
        foreach (var separator in Separators)
            Fault.CheckArgument(separator == '\t' || separator >= ' ' && separator != '"' && !char.IsAsciiDigit(separator), "Separator",
                $"Illegal separator: '{separator}'");
        Fault.CheckArgument(!Separators.Contains(options.EscapeChar), nameof(options.EscapeChar),
            $"EscapeChar '{options.EscapeChar}' can't be used both as EscapeChar and separator");
        EscapeCharacter = options.EscapeChar;
        HasHeader = options.HasHeader;
        Quoting = options.AllowQuoting;
        Multilines = options.AllowQuoting && options.ReadMultilines;
        Trim = options.TrimWhitespace;
        MissingRealsAsNaNs = options.MissingRealsAsNaNs;
        MaxRows = options.MaxRows ?? long.MaxValue;
        Columns = Array.ConvertAll(options.Columns, column => new TextFileColumn(column));
        LastField = Columns.Max(c => c.Fields.Max());
        var names = HasHeader && headerPath is not null ? TextFileLines.ReadHeader(headerPath, this) : [];
        Schema = DataViewSchema.Of(Columns.Select(column => column.Detach(names)));
    }

    public char[] Separators { get; }

    public char EscapeCharacter { get; }

    public bool HasHeader { get; }

    public bool Quoting { get; }

    /// <summary>Whether a quoted field may go on in the next line.</summary>
    public bool Multilines { get; }

    public bool Trim { get; }

    public bool MissingRealsAsNaNs { get; }

    public long MaxRows { get; }

    public TextFileColumn[] Columns { get; }

    /// <summary>The index of the last field that a column needs.</summary>
    public int LastField { get; }

    public DataViewSchema Schema { get; }
}

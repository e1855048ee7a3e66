using RnnLm.Cli.Filters;

namespace RnnLm.Cli.Flags;

/// <summary>The flags of a filter: <c>--input-format</c>, and <c>--column</c> and <c>--prefix</c>, which go with lines of JSON; and <c>--threads</c>.</summary>
static class FilterFlags
{
    private const string InputFormat = "--input-format";
    private const string JsonLines = "jsonl";

    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="format">The format that they set.</param>
    /// <param name="batch">Where they set how many threads.</param>
    /// <param name="readsLines">Whether lines are read, once all flags are set, and not what is on the command line.</param>
    public static void Filter(this FlagSet flags, FilterFormat format, BatchOptions batch, Func<bool> readsLines)
    {
        var given = flags.Choice(InputFormat, "What the lines are: texts, or JSON, an object a line, whose columns are kept and followed by the results.", "lines", new()
        {
            ["lines"] = () => format.IsJson = false,
            [JsonLines] = () => format.IsJson = true,
        });
        flags.Value("--column", "The column that has the text.", Values.Text, format.Column, value => format.Column = value, shows: Placeholder.Name).GoesWith(given, JsonLines);
        flags.Value("--prefix", "What the names of the columns begin with that are added.", Values.Text, format.Prefix, value => format.Prefix = value).GoesWith(given, JsonLines);
        flags.Check(() =>
        {
            if (format.IsJson && !readsLines()) throw new UsageException($"{InputFormat} {JsonLines} is of standard input; what is on the command line is text.");
        });
        flags.Optional("--threads", "How many threads find answers at once. [default: one for each processor]", Values.Whole, value => batch.Threads = value, nameof(batch.Threads));
        flags.Check(batch.Validate);
    }
}

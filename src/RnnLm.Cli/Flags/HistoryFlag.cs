namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--history</c>: the learning curve of a training, as it happens.</summary>
static class HistoryFlag
{
    public static void History(this FlagSet flags, TrainingOptions options)
        => flags.OutputFileFlag("--history", [], "The file for the history of the training, lines of JSON as things happen: rnnlm plot draws it.", path => options.History = path, isRequired: false);
}

namespace RnnLm.Cli.Flags;

/// <summary>The argument <c>MODEL</c>: the model that a command uses.</summary>
static class ModelArgument
{
    public static void Model(this FlagSet flags, Action<string> set) => flags.InputFile("MODEL", "A model file, as train and import write them.", set);
}

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--initial</c>: the model that training goes on from, and <c>--extend-vocabulary</c>, which goes with it.</summary>
static class InitialModelFlag
{
    public static void InitialModel(this FlagSet flags, Action<string> set, Action extend)
    {
        var (isGiven, extends) = (false, false);
        flags.ReplaceableFileFlag("--initial",
            "The model to go on training, with its network, its tokenizer and its vocabulary. With --validation, and without checkpoints, it may be the file that is written: that is replaced where a better model was learned.",
            path =>
            {
                isGiven = true;
                set(path);
            }, Placeholder.Model);
        flags.Switch("--extend-vocabulary",
            "Add words of the text that the initial model does not know to its vocabulary; --vocabulary-size, of old and new words together, and --minimum-count say which.",
            () =>
            {
                extends = true;
                extend();
            });
        flags.Check(() =>
        {
            if (extends && !isGiven) throw new UsageException("--extend-vocabulary goes with --initial: there is no vocabulary to extend.");
        });
    }
}

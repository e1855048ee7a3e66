namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--tokenizer</c>, and <c>--lower-case</c>, which goes with one case of it.</summary>
static class TokenizerFlag
{
    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="usual">The tokenizer that is taken where no flag is given, for the help.</param>
    /// <param name="set">Takes what makes the tokenizer, once all flags are set; called only where one of the flags is given.</param>
    public static void Tokenizer(this FlagSet flags, string usual, Action<Func<Tokenizer>> set)
    {
        var text = new TextTokenizerOptions();
        TextTokenizer CreateText() => new(text);
        var tokenizer = flags.Choice("--tokenizer", "How text is split into words.", usual, new()
        {
            ["whitespace"] = () => set(() => RnnLm.Tokenizer.Whitespace),
            ["text"] = () => set(CreateText),
            ["characters"] = () => set(() => RnnLm.Tokenizer.Characters),
        });
        flags.Switch("--lower-case", "Fold words to lower case (tokenizer text).", () =>
        {
            text.LowerCase = true;
            set(CreateText);
        })
            .GoesWith(tokenizer, "text", other => $"the tokenizer {other} takes text as it is");
    }
}

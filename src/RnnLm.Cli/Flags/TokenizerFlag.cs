namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--tokenizer</c>, and <c>--lower-case</c>, which goes with one case of it.</summary>
static class TokenizerFlag
{
    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="usual">The tokenizer that is taken where the flag is not given.</param>
    /// <param name="set">Takes what makes the tokenizer, once all flags are set.</param>
    public static void Tokenizer(this FlagSet flags, string usual, Action<Func<Tokenizer>> set)
    {
        var text = new TextTokenizerOptions();
        var tokenizer = flags.Choice("--tokenizer", "How text is split into words.", usual, new()
        {
            ["whitespace"] = () => set(() => RnnLm.Tokenizer.Whitespace),
            ["text"] = () => set(() => new TextTokenizer(text)),
            ["characters"] = () => set(() => RnnLm.Tokenizer.Characters),
        });
        flags.Switch("--lower-case", "Fold words to lower case (tokenizer text).", () => text.LowerCase = true)
            .GoesWith(tokenizer, "text", other => $"the tokenizer {other} takes text as it is");
    }
}

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--tokenizer</c>, and <c>--lower-case</c>, which goes with one case of it.</summary>
static class TokenizerFlag
{
    /// <summary>How a text that is learned is split, into subwords too.</summary>
    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="vocabulary">The flags of the vocabulary, which are checked against the choice.</param>
    /// <param name="set">Takes the choice, once all flags are set; called only where one of the flags is given.</param>
    public static void LearnedTokenizer(this FlagSet flags, VocabularyOptions vocabulary, Action<TokenizerChoice> set)
    {
        var chosen = TokenizerChoice.Usual;
        void Set(TokenizerChoice choice) => set(chosen = choice);
        flags.Tokenizer(
            "text", create => Set(new TokenizerChoice(create)), ("subwords", () => Set(TokenizerChoice.Learned)),
            "How text is split into words; subwords are learned of the text, as many as --vocabulary-size says, 8,000 where it says nothing, and no word is unknown.");
        flags.Check(() => chosen.Check(vocabulary));
    }

    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="usual">The tokenizer that is taken where no flag is given, for the help.</param>
    /// <param name="set">Takes what makes the tokenizer, once all flags are set; called only where one of the flags is given.</param>
    public static void Tokenizer(this FlagSet flags, string usual, Action<Func<Tokenizer>> set) => flags.Tokenizer(usual, set, more: null, "How text is split into words.");

    private static void Tokenizer(this FlagSet flags, string usual, Action<Func<Tokenizer>> set, (string Name, Action Set)? more, string description)
    {
        var text = new TextTokenizerOptions();
        TextTokenizer CreateText() => new(text);
        var cases = new Dictionary<string, Action>
        {
            ["whitespace"] = () => set(() => RnnLm.Tokenizer.Whitespace),
            ["text"] = () => set(CreateText),
            ["characters"] = () => set(() => RnnLm.Tokenizer.Characters),
        };
        if (more is { } another) cases.Add(another.Name, another.Set);
        var tokenizer = flags.Choice("--tokenizer", description, usual, cases);
        flags.Switch("--lower-case", "Fold words to lower case (tokenizer text).", () =>
        {
            text.LowerCase = true;
            set(CreateText);
        })
            .GoesWith(tokenizer, "text", other => $"the tokenizer {other} takes text as it is");
    }
}

using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm suspects MODEL [TEXT...]</c></summary>
sealed class SuspectsCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly SuspectOptions options = new();
    private readonly FlagSet flags = new();
    private string modelPath = "";
    private PromptInput texts = new();
    private int count = 3;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Texts("The text to look through", given => texts = given);
        flags.Value("-k", "How many words to suspect at most in each text.", text => Values.WholeFrom(1, text), count, value => count = value);
        flags.Value("--shortlist", "How many other words are tried in the place of each.", Values.Whole, options.Shortlist, value => options.Shortlist = value, nameof(options.Shortlist));
        flags.Value("--following", "How many of the words behind a word have a say in what should stand in its place.", Values.Whole, options.FollowingWords,
            value => options.FollowingWords = value, nameof(options.FollowingWords));
        flags.Value("--rarity", "How far it excuses a word that it is rare, from 0 to 1.", Values.Fraction, options.Rarity, value => options.Rarity = value, nameof(options.Rarity));
        flags.Value("--least", "The least log-odds with which a word is suspected, in nats.", Values.Fraction, options.LeastLogOdds,
            value => options.LeastLogOdds = value, nameof(options.LeastLogOdds));
        flags.Optional("--unknown-score", "The log-probability of every word that the model does not know, in nats. [default: that of the unknown word]", Values.Fraction,
            value => options.UnknownWordLogProbability = value, nameof(options.UnknownWordLogProbability));
        flags.Switch("--open-end", "The text goes on: that the line ends behind it has no say.", () => options.IncludeEndOfLine = false);
        flags.Check(options.Validate);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm suspects model.rnnlm \"it depends of the weather\"",
            "rnnlm suspects model.rnnlm \"it depends of the weather\" -k 1 --json");
        return flags.ToCommand("suspects", "Finds the words of each text that look like mistakes, and what would have been more probable in their place, with the log-odds in nats.", Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        var batch = new BatchOptions { CancellationToken = cancellation };
        // Before a text is waited for: what is asked of the model may not suit it.
        flags.Suit(() => model.CreateSuspectFinder(options, batch));
        return texts.AnswerEach(terminal, cancellation, flags.Explain, text =>
        {
            var suspects = model.FindSuspects(text, count, options, batch);
            if (json) WriteJson(text, suspects);
            else WriteText(text, suspects);
        });
    }

    private void WriteText(string text, IReadOnlyList<SuspectWord> suspects)
    {
        terminal.Out.WriteLine(Printable.Line(text));
        foreach (var suspect in suspects)
        {
            var alternatives = string.Join("  ", suspect.Alternatives.Select(alternative => alternative.ToString()));
            terminal.Show($"  {suspect.Position}\t{suspect.Word}{(suspect.IsUnknown ? " (unknown)" : "")}\t{alternatives}");
        }
    }

    private void WriteJson(string text, IReadOnlyList<SuspectWord> suspects) => terminal.Out.WriteJson(new SuspectsLine(
        text,
        suspects.Select(suspect => new SuspectedWord(suspect.Word, suspect.Position, suspect.LogOdds, suspect.Suspicion, suspect.IsUnknown, suspect.Alternatives))));
}

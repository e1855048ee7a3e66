using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm fill MODEL [TEXT...]</c></summary>
sealed class FillCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly FillOptions options = new();
    private readonly FlagSet flags = new();
    private string modelPath = "";
    private PromptInput texts = new();
    private string[]? candidates;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Texts("The text, with ___ where a word is missing", given => texts = given);
        flags.Optional("--candidates", "What may stand in the gap, with commas between: in,on,at. [default: the words of the vocabulary]", ReadCandidates, value => candidates = value,
            shows: "TEXT,TEXT,...");
        flags.Value("-k", "How many candidates to show for each text.", text => Values.WholeFrom(1, text), options.Count, value => options.Count = value);
        flags.Value("--gap", "What marks the gap.", Values.Text, options.GapMark, value => options.GapMark = value, nameof(options.GapMark));
        flags.Optional("--shortlist",
            FormattableString.Invariant($"How many words of the vocabulary, the most probable ones before the gap, are tried with what follows it. [default: {FillOptions.UsualShortlist}]"),
            text => Values.WholeFrom(1, text), value => options.Shortlist = value, nameof(options.Shortlist));
        flags.Switch("--open-end", "The text goes on: that the line ends behind it has no say.", () => options.IncludeEndOfLine = false);
        flags.Check(() =>
        {
            options.Validate();
            if (candidates is not null && options.Shortlist is not null)
                throw new ArgumentException("Shortlist goes with the words of the vocabulary; all of --candidates are tried.");
        });
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm fill model.rnnlm \"the cat ___ on the mat\"",
            "rnnlm fill model.rnnlm \"it depends ___ the weather\" --candidates in,on,of");
        return flags.ToCommand("fill", "Fills the gap of each text by what stands before it and what follows: the most probable candidates, with their shares.", Run);
    }

    private static string[] ReadCandidates(string text)
        => Values.Text(text).Split(',', StringSplitOptions.TrimEntries) is var parts && parts.All(part => part.Length > 0)
            ? parts
            : throw new UsageException("it must be texts with commas between them and none empty, such as in,on,at");

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        var batch = new BatchOptions { CancellationToken = cancellation };
        return texts.AnswerEach(terminal, cancellation, flags.Explain, text =>
        {
            var filled = model.Fill(text, candidates, options, batch);
            if (json) WriteJson(text, filled);
            else terminal.Show($"{filled.Text}\t{string.Join("  ", filled.Select(candidate => candidate.ToString()))}");
        });
    }

    private void WriteJson(string text, FilledGap filled) => terminal.Out.WriteJson(new FilledLine(
        text,
        filled.Text,
        filled.Select(candidate => new FillingWords(candidate.Words, candidate.Probability, candidate.LogProbability, candidate.UnknownCount)),
        filled.Tried,
        filled.IsExact));
}

using System.Text;
using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;
using RnnLm.Persistence;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm explain MODEL [TEXT...]</c></summary>
sealed class ExplainCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly ExplanationOptions options = new();
    private readonly StringBuilder html = new();
    private readonly FlagSet flags = new();
    private string modelPath = "";
    private PromptInput texts = new();
    private string? htmlPath;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Texts("The text before the word", value => texts = value);
        flags.Optional("--word", "The word whose probability is explained. [default: the most probable one]", Values.Text, value => options.Word = value, nameof(options.Word),
            Placeholder.Word);
        flags.Choice("--method", "How the influence of a word is found out: leave-one-out reads the text again without it, unknown-word with the unknown word in its place, "
            + "gradient takes the gradient times the word's embedding.", "leave-one-out", new Dictionary<string, Action>
            {
                ["leave-one-out"] = () => options.Method = new LeaveOneOut(),
                ["unknown-word"] = () => options.Method = new LeaveOneOut { KeepsPlace = true },
                ["gradient"] = () => options.Method = new GradientTimesInput(),
            });
        flags.Calls(nameof(LeaveOneOut), "--method leave-one-out");
        flags.Optional("--last", "Explain this many words at the end of the text. [default: all]", Values.Whole, value => options.LastWords = value, nameof(options.LastWords));
        flags.OutputFileFlag("--html", [], "A page of HTML to write besides.", value => htmlPath = value, isRequired: false);
        flags.Check(options.Validate);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm explain model.rnnlm \"the cat sat on the\"",
            "rnnlm explain model.rnnlm \"the cat sat on the\" --word mat --html reasons.html");
        return flags.ToCommand("explain", "Shows how much each word of a text moved the probability of the next one.", Run);
    }

    private int Run()
    {
        var model = LanguageModel.Load(modelPath, cancellation);
        flags.Suit(() => model.CheckExplanation(options));
        var code = texts.AnswerEach(terminal, cancellation, flags.Explain, text =>
        {
            var explanation = model.Explain(text, options, cancellation);
            if (json) WriteJson(text, explanation);
            else WriteText(text, explanation);
            if (htmlPath is not null) html.Append(explanation.ToHtml()).Append('\n');
        });
        if (htmlPath is not null) AtomicFile.Write(htmlPath, stream => stream.Write(Encoding.UTF8.GetBytes(Page())));
        return code;
    }

    private string Page()
        => $"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><title>rnnlm explain</title></head>\n<body>\n{html}</body></html>\n";

    private void WriteText(string text, Explanation explanation)
    {
        terminal.Show($"{text}\t{explanation.Word} {explanation.Probability:P1}");
        if (terminal is { IsOutputInteractive: true, HasColors: true }) terminal.Out.WriteLine($"  {explanation.ToAnsi()}");
        foreach (var word in explanation.Words)
        {
            cancellation.ThrowIfCancellationRequested();
            terminal.Show($"  {word.Nats:+0.0000;-0.0000;0.0000}\t{word.Word}");
        }
    }

    private void WriteJson(string text, Explanation explanation)
    {
        var answer = new JsonObjectWriter(terminal.Out, cancellation);
        answer.Text("text", text);
        answer.Text("word", explanation.Word);
        answer.Value(nameof(explanation.Probability), explanation.Probability);
        answer.Value(nameof(explanation.LogProbability), explanation.LogProbability);
        answer.Text("method", explanation.Method);
        answer.List("words", explanation.Words.Select(word => new ExplainingWord(word.Word, word.Position, word.Nats, word.Probability)));
        answer.End();
    }
}

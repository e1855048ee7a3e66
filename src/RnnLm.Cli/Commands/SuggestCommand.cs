using RnnLm.Cli.Answers;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Help;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm suggest MODEL [TEXT...]</c></summary>
sealed class SuggestCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly SuggestionOptions options = new();
    private readonly FlagSet flags = new();
    private string modelPath = "";
    private PromptInput texts = new();
    private string? blockedPath;
    private string? userPath;
    private string? learnedPath;
    private bool json;

    public Verb Declare()
    {
        flags.Model(value => modelPath = value);
        flags.Texts("The text as typed so far", value => texts = value);
        flags.Value(
            "-k", "How many suggestions to make for each text, from 1 to 63.", text => Values.WholeFrom(1, text), options.Count,
            value => options.Count = value, nameof(options.Count));
        flags.Suggestions(options, value => blockedPath = value);
        flags.ReplaceableFileFlag("--user", "What was learned of the person before: a file that --learn has written.", value => userPath = value);
        flags.OutputFileFlag(
            "--learn", [], "Learn each text, as a line that is complete, after its suggestions, and write to this file what is known then.",
            value => learnedPath = value, isRequired: false);
        flags.Check(options.Validate);
        flags.Json(() => json = true);
        flags.Examples(
            "rnnlm suggest model.rnnlm \"see you tom\"",
            "rnnlm suggest model.rnnlm \"see you tom\" --words 3 -k 5");
        return flags.ToCommand("suggest", "Suggests what comes next in a text that is being typed: how its last word goes on, or the next word.",
            Run);
    }

    private int Run()
    {
        if (blockedPath is not null) options.BlockedWords = SuggestionFlags.ReadBlocked(blockedPath);
        var user = userPath is null ? null : UserModel.Load(userPath);
        var session = StartTyping(new TypingOptions { Suggestions = options, User = user, Learn = learnedPath is not null });
        var code = texts.AnswerEach(terminal, cancellation, flags.Explain, text =>
        {
            cancellation.ThrowIfCancellationRequested();
            session.Type(text);
            Write(text, session.Suggestions);
            if (learnedPath is not null) session.Type('\n');
            session.Clear();
        });
        if (learnedPath is not null) session.User!.Save(learnedPath);
        return code;
    }

    private TypingSession StartTyping(TypingOptions typing)
    {
        if (NGramInput.LoadToRead(modelPath, terminal, cancellation) is { } ngrams) return flags.Suit(() => ngrams.StartTyping(typing));
        var model = LanguageModel.Load(modelPath, cancellation);
        return flags.Suit(() => model.StartTyping(typing));
    }

    private void Write(string text, IReadOnlyList<Suggestion> suggestions)
    {
        if (json)
            terminal.Out.WriteJson(new SuggestionsLine(text, suggestions.Select(suggestion => new SuggestedText(suggestion.Text, suggestion.Probability))));
        else
            terminal.Show($"{text}\t{string.Join("  ", suggestions.Select(suggestion => FormattableString.Invariant($"{suggestion.Text} {suggestion.Probability:P1}")))}");
    }
}

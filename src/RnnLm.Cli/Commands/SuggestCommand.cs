using System.CommandLine;
using RnnLm.Cli.Flags;
using RnnLm.Cli.Input;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Commands;

/// <summary><c>rnnlm suggest MODEL [TEXT...]</c></summary>
sealed class SuggestCommand(Terminal terminal, CancellationToken cancellation)
{
    private readonly SuggestionOptions options = new();
    private string modelPath = "";
    private PromptInput texts = new();
    private string? blockedPath;
    private string? userPath;
    private string? learnedPath;
    private bool json;

    public Command Declare()
    {
        var flags = new FlagSet();
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
        return flags.ToCommand("suggest", "Suggests what comes next in a text that is being typed: how its last word goes on, or the next word.",
            Run);
    }

    private int Run()
    {
        if (blockedPath is not null) options.BlockedWords = SuggestionFlags.ReadBlocked(blockedPath);
        var user = userPath is null ? null : UserModel.Load(userPath);
        var session = StartTyping(new TypingOptions { Suggestions = options, User = user, Learn = learnedPath is not null });
        foreach (var available in texts.ReadAvailable(terminal, cancellation))
        {
            foreach (var text in available)
            {
                cancellation.ThrowIfCancellationRequested();
                session.Type(text);
                Write(text, session.Suggestions);
                if (learnedPath is not null) session.Type('\n');
                session.Clear();
            }
            // Whoever asks text after text waits for these answers.
            terminal.Out.Flush();
        }
        if (learnedPath is not null) session.User!.Save(learnedPath);
        return ExitCode.Done;
    }

    private TypingSession StartTyping(TypingOptions typing)
        => NGramInput.LoadToRead(modelPath, terminal, cancellation) is { } ngrams ? ngrams.StartTyping(typing)
            : LanguageModel.Load(modelPath, cancellation).StartTyping(typing);

    private void Write(string text, IReadOnlyList<Suggestion> suggestions)
    {
        if (json)
            terminal.Out.WriteJson(new { Text = text, Suggestions = suggestions.Select(suggestion => new { suggestion.Text, suggestion.Probability }) });
        else
            terminal.Show($"{text}\t{string.Join("  ", suggestions.Select(suggestion => FormattableString.Invariant($"{suggestion.Text} {suggestion.Probability:P1}")))}");
    }
}

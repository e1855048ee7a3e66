using System.Security.Cryptography;
using System.Text;
using RnnLm;

namespace TypingSessions;

/// <summary>
/// The typing session of a person. What is in memory follows from what is stored: the state of the network behind the lines that are settled, and the text since then, which is typed again where
/// the grain comes up anew. So it goes on to the last bit wherever it does.
/// </summary>
public sealed class TypingGrain(
    ServedModel served, [PersistentState("latest")] IPersistentState<LatestText> latest, [PersistentState("settled")] IPersistentState<SettledText> settled) : Grain, ITyping
{
    // A session suggests by no more of the text before its line than this: whether the person begins sentences with capitals.
    private const int LeastUnsettled = 400;
    private const int MostUnsettled = 1_000;
    private const int MostCharacters = 10_000;

    private TypingSession session = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The silo ended between the two writes of Settle.
        if (settled.State.Number == latest.State.Settled + 1) latest.State = latest.State.Behind(settled.State);
        session = Resume();
        return Task.CompletedTask;
    }

    public Task<TypingAnswer> Type(long call, string text) => Answer(call, $"type {text}", () =>
    {
        if (text.Length > MostCharacters) throw new ArgumentException($"{text.Length:N0} characters are too many at a time; type at most {MostCharacters:N0}.");
        foreach (var character in text)
        {
            if (character == '\b') session.Backspace();
            else session.Type(character);
        }
        return latest.State with { HasOwnSpace = latest.State.HasOwnSpace && text.Length == 0, Keystrokes = latest.State.Keystrokes + text.Length };
    });

    public Task<TypingAnswer> Accept(long call, string word) => Answer(call, $"accept {word}", () =>
    {
        var suggestion = session.Suggestions.FirstOrDefault(suggestion => suggestion.Text == word)
            ?? throw new ArgumentException($"\"{word}\" is not among the suggestions: {string.Join(", ", session.Suggestions.Select(suggestion => suggestion.Text))}.");
        var length = suggestion.ApplyTo(session.Text).Length;
        session.Accept(suggestion);
        return latest.State with { HasOwnSpace = session.Text.Length > length, Accepted = latest.State.Accepted + 1 };
    });

    public async Task Forget()
    {
        try
        {
            await settled.ClearStateAsync();
            await latest.ClearStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        (settled.State, latest.State) = (new SettledText(), new LatestText());
        session = Resume();
    }

    public Task<TypingStatistics> Statistics()
        => Task.FromResult(new TypingStatistics(latest.State.Calls, latest.State.Keystrokes, latest.State.Accepted, session.User!.WordCount, RuntimeIdentity));

    /// <summary>Does what a call asks for, stores it, and answers; what was done already is only answered.</summary>
    private async Task<TypingAnswer> Answer(long call, string request, Func<LatestText> change)
    {
        var done = latest.State.Calls;
        if (call < 1 || (call != done && call != done + 1)) throw new ArgumentException($"Call {call} came where {done + 1} is next.");
        var content = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request)));
        if (call == done && content != latest.State.Content)
            throw new ArgumentException($"Call {call} was another, and is stored; {done + 1} is next. Whoever types at a second client asks for the statistics, which have the number, first.");
        if (call == done + 1)
        {
            try
            {
                var length = session.Text.Length;
                latest.State = change() with { Calls = call, Content = content, Text = session.Text };
                if (LineOf(session.Text).Length > MostCharacters && session.Text.Length > length)
                    throw new ArgumentException($"The line would have more than {MostCharacters:N0} characters. End it.");
                await latest.WriteStateAsync();
                if (latest.State.Text.Length > MostUnsettled) await Settle();
            }
            catch
            {
                // What is in memory may be more than is stored: who asks next finds what is stored.
                DeactivateOnIdle();
                throw;
            }
        }
        return new TypingAnswer(LineOf(latest.State.Text), [.. session.Suggestions]);
    }

    private static string LineOf(string text) => text[(text.LastIndexOf('\n') + 1)..];

    /// <summary>Settles the lines at the beginning of the text that is stored, as many as leave enough of it.</summary>
    private async Task Settle()
    {
        var text = latest.State.Text;
        var length = text.AsSpan(..^LeastUnsettled).LastIndexOf('\n') + 1;
        if (length == 0) return;
        var before = served.StartTyping(settled.State);
        before.Type(text[..length]);
        settled.State = served.Settle(before, latest.State.Settled + 1, length);
        await settled.WriteStateAsync();
        latest.State = latest.State.Behind(settled.State);
        await latest.WriteStateAsync();
        session = Resume();
    }

    private TypingSession Resume()
    {
        var (resumed, text) = (served.StartTyping(settled.State), latest.State.Text);
        resumed.Type(latest.State.HasOwnSpace ? text[..^1] : text);
        // Nothing, and the space that comes behind a suggestion.
        if (latest.State.HasOwnSpace) resumed.Accept(new Suggestion("", 0, 1));
        return resumed;
    }
}

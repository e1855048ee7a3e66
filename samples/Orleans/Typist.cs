using System.Diagnostics;
using RnnLm;

namespace TypingSessions;

/// <summary>A person who types lines that are there already, letter by letter, and takes a suggestion where it is the word.</summary>
/// <param name="person">The person.</param>
/// <param name="uninterrupted">A session that nothing interrupts, with which every answer is compared; null where none is.</param>
/// <param name="answered">Is told the milliseconds of every answer.</param>
public sealed class Typist(Person person, TypingSession? uninterrupted, Action<float> answered)
{
    /// <summary>The answers that were others than the session's that nothing interrupted.</summary>
    public int Wrong { get; private set; }

    /// <summary>Types a line and its end.</summary>
    /// <param name="line">The line.</param>
    /// <param name="pause">What comes before each keystroke.</param>
    public async Task Type(string line, TimeSpan pause = default)
    {
        Suggestion[] suggestions = [];
        for (var place = 0; place < line.Length;)
        {
            if (Fitting(suggestions, line, place) is { } suggestion)
            {
                suggestions = await Ask(() => person.Accept(suggestion.Text), session => session.Accept(suggestion));
                place += suggestion.Text.Length - suggestion.ReplacedLength;
                // It came with the suggestion.
                if (place < line.Length && line[place] == ' ') place++;
            }
            else
            {
                var length = char.IsHighSurrogate(line[place]) && place + 1 < line.Length ? 2 : 1;
                suggestions = await Key(line.Substring(place, length));
                place += length;
            }
        }
        await Key("\n");

        Task<Suggestion[]> Key(string key) => Ask(() => person.Type(key), session => session.Type(key));

        async Task<Suggestion[]> Ask(Func<Task<TypingAnswer>> call, Action<TypingSession> same)
        {
            await Task.Delay(pause);
            var start = Stopwatch.GetTimestamp();
            var answer = await call();
            answered((float)Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (uninterrupted is null) return answer.Suggestions;
            same(uninterrupted);
            var text = uninterrupted.Text;
            if (!answer.Suggestions.SequenceEqual(uninterrupted.Suggestions) || answer.Line != text[(text.LastIndexOf('\n') + 1)..]) Wrong++;
            return answer.Suggestions;
        }
    }

    /// <summary>The suggestion that makes the word whole in which a place of a line is; null where there is none.</summary>
    private static Suggestion? Fitting(Suggestion[] suggestions, string line, int place)
    {
        var start = line.LastIndexOf(' ', Math.Max(0, place - 1)) + 1;
        return suggestions.FirstOrDefault(suggestion =>
            suggestion.ReplacedLength == place - start && suggestion.Text.Length > suggestion.ReplacedLength && suggestion.Text.All(char.IsLetter)
            && line.AsSpan(start).StartsWith(suggestion.Text, StringComparison.Ordinal)
            && (start + suggestion.Text.Length == line.Length || !char.IsLetterOrDigit(line[start + suggestion.Text.Length])));
    }
}

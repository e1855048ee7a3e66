using System.Diagnostics;
using RnnLm.Suggestions;

namespace RnnLm.Typing;

/// <summary>
/// Measures what suggestions save. Each line is typed once, letter by letter; persons with one, three and five suggestions before their eyes go along with
/// it, and one to whom the right word is always offered. A person's text is
/// that of the line so far, or that with the space behind it that came with a suggestion, so that two lists of suggestions are all that is ever asked for at
/// a place.
/// </summary>
internal sealed class TypingEvaluation
{
    private const int MostSlots = 5;

    private readonly TypingSession session;
    private readonly Tokenizer tokenizer;
    private readonly WordSpacing spacing;
    private readonly TypingEvaluationOptions options;
    private readonly SimulatedTypist[] typists = [new(1), new(3), new(MostSlots)];
    private readonly SimulatedTypist limit = new(1);
    private readonly List<float> milliseconds = [];
    private long keystrokes;
    private long words;
    private long first;
    private long withinThree;

    private TypingEvaluation(TypingSession session, Tokenizer tokenizer, TypingEvaluationOptions options)
    {
        this.session = session;
        this.tokenizer = tokenizer;
        this.options = options;
        // No word of a line is a line feed.
        spacing = new WordSpacing(tokenizer, "\n");
    }

    public static TypingMetrics Measure(IEnumerable<string> lines, TypingEvaluationOptions options, Func<TypingOptions, TypingSession> start, Tokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(lines);
        options.Validate();
        var evaluation = new TypingEvaluation(start(options.ForSession(MostSlots)), tokenizer, options);
        var index = 0;
        foreach (var line in lines)
        {
            if (line is null) throw new ArgumentException($"The line at index {index} is null; an empty line is \"\".", nameof(lines));
            evaluation.Type(new LineToType(line, tokenizer));
            index++;
        }
        return evaluation.keystrokes > 0 ? evaluation.Metrics() : throw new ArgumentException("There is nothing to type: no line has a character.", nameof(lines));
    }

    private void Type(LineToType line)
    {
        foreach (var typist in typists) typist.Begin();
        limit.Begin();
        keystrokes += line.Keystrokes(0, line.Text.Length);
        for (var place = 0; place < line.Text.Length; place = line.After(place))
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            var offered = Offered(line, place);
            Recall(line, place, offered);
            if (typists.Any(typist => typist.Place == place && typist.HasOwnSpace))
            {
                session.Type(' ');
                Press(line, place, hasOwnSpace: true, Offered(line, place));
                session.Backspace();
            }
            Press(line, place, hasOwnSpace: false, offered);
            if (limit.Place == place) limit.Press(line, [line.EndOfWordAt(place)], end => SpaceBehind(line, end));
            Type(line, place);
        }
        if (options.LearnUser) session.Type('\n'); // the last word is complete
        session.Clear();
    }

    /// <summary>Types the character at a place, and takes the time until the next suggestions are there.</summary>
    private void Type(LineToType line, int place)
    {
        var next = line.Text[place..line.After(place)];
        var before = Stopwatch.GetTimestamp();
        session.Type(next);
        _ = session.Suggestions;
        milliseconds.Add((float)Stopwatch.GetElapsedTime(before).TotalMilliseconds);
    }

    /// <summary>Where the suggestions lead; 0 for one that is wrong.</summary>
    private int[] Offered(LineToType line, int place)
    {
        var typed = session.Text;
        return [.. session.Suggestions.Select(suggestion => EndOf(suggestion.ApplyTo(typed)))];

        int EndOf(string text)
            => text.Length > place && line.Text.StartsWith(text, StringComparison.Ordinal) && line.IsEndAt(text.Length) ? text.Length : 0;
    }

    private void Recall(LineToType line, int place, int[] offered)
    {
        if (!line.BeginsAt(place) || !session.IsBetweenWords) return;
        words++;
        if (offered is [> 0, ..]) first++;
        if (offered.Take(3).Any(end => end > 0)) withinThree++;
    }

    private void Press(LineToType line, int place, bool hasOwnSpace, int[] offered)
    {
        foreach (var typist in typists)
            if (typist.Place == place && typist.HasOwnSpace == hasOwnSpace) typist.Press(line, offered, end => SpaceBehind(line, end));
    }

    private SpaceAfter SpaceBehind(LineToType line, int end)
    {
        if (end == line.Text.Length || !spacing.IsFollowedBySpace(line.Text.AsSpan(0, end))) return SpaceAfter.None;
        return line.Text[end] == ' ' ? SpaceAfter.Wanted : spacing.IsPunctuation(line.Text[end]) ? SpaceAfter.Own : SpaceAfter.InTheWay;
    }

    private TypingMetrics Metrics()
    {
        milliseconds.Sort();
        return new TypingMetrics
        {
            Keystrokes = keystrokes,
            Words = words,
            SavedAt1 = Saved(typists[0]),
            SavedAt3 = Saved(typists[1]),
            SavedAt5 = Saved(typists[2]),
            UpperBound = Saved(limit),
            RecallAt1 = words == 0 ? 0 : (double)first / words,
            RecallAt3 = words == 0 ? 0 : (double)withinThree / words,
            MillisecondsP50 = Percentile(0.5),
            MillisecondsP95 = Percentile(0.95),
        };

        double Saved(SimulatedTypist typist) => 1 - ((double)typist.Keystrokes / keystrokes);
        double Percentile(double share) => milliseconds[(int)Math.Ceiling(share * milliseconds.Count) - 1];
    }
}

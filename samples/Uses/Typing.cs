using RnnLm;

namespace Uses;

/// <summary>Suggestions for a person who types: how a word goes on, what comes next, what was meant, and what he himself writes.</summary>
static class Typing
{
    public static void Run()
    {
        var model = SampleModel.Get();

        Console.WriteLine("Each line is a text as typed so far, and what is suggested for it.");
        foreach (var text in (string[])["The method ret", "Gets or sets the ", "An object that con", "Retruns", "The value is "])
            Show(text, model.Suggest(text));

        Console.WriteLine();
        Console.WriteLine("Suggestions of several words, as long as each further word is more probable than not.");
        foreach (var text in (string[])["Gets or", "The exception that is th", "Initializes a new"])
            Show(text, model.Suggest(text, new SuggestionOptions { Count = 1, MaximumWords = 8 }));

        Console.WriteLine();
        Console.WriteLine("A session follows the person letter by letter, and learns his words.");
        var session = model.StartTyping(new TypingOptions { Suggestions = new SuggestionOptions { BlockedWords = ["obsolete"] } });
        session.Type("The Frobnicator gets a value. ");
        session.Type("The Fr");
        Show(session.Text, session.Suggestions);
        session.Accept(session.Suggestions[0]);
        Show(session.Text, session.Suggestions);
        session.Backspace(4);
        Show(session.Text, session.Suggestions);
        Console.WriteLine($"Learned: {session.User}");

        Console.WriteLine();
        var lines = SampleModel.Sentences.HeldOut.Take(100).ToArray();
        foreach (var learns in (bool[])[false, true])
        {
            var metrics = model.EvaluateTyping(lines, new TypingEvaluationOptions { LearnUser = learns });
            Console.WriteLine(FormattableString.Invariant(
                $"{(learns ? "Learning the person" : "Without learning")}: of {metrics.Keystrokes:N0} keystrokes {metrics.SavedAt1:P1} are saved by one suggestion, {metrics.SavedAt3:P1} by three, {metrics.SavedAt5:P1} by five; {metrics.UpperBound:P1} at most."));
        }
    }

    private static void Show(string text, IReadOnlyList<Suggestion> suggestions)
        => Console.WriteLine($"  {text,-38} {(suggestions.Count == 0 ? "–" : string.Join("  ", suggestions))}");
}

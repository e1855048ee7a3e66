using RnnLm;
using WebPage;

namespace Web;

/// <summary>
/// Answers what the page asks. Nothing is kept from one question to the next: each comes with the text, of which the end is read anew, some hundred words in a few
/// milliseconds. So there are no sessions to expire, and what a person types is nowhere but in his browser.
/// </summary>
static class PageQuestions
{
    private const int ReadCharacters = 2000;
    private const int MostCharacters = 100_000;

    public static void MapQuestions(this WebApplication app, LanguageModel model)
    {
        app.MapGet("/api/model", () => TypedResults.Ok(PageModel.Of(model)));
        app.MapPost("/api/suggest", (PageQuestion question) => Answer(question, text => Whole(question, new TypingPage(model).Suggest(text))));
        app.MapPost("/api/accept", (PageQuestion question) => Answer(question, text => Whole(question, new TypingPage(model).Accept(text, AskedAbout(question)))));
        app.MapPost("/api/explain", (PageQuestion question, CancellationToken aborted) => Answer(question, text => new TypingPage(model).Explain(text, AskedAbout(question), aborted)));
    }

    /// <summary>The end of a text from a place that stays where it is while the text grows: the beginning of a line or of a word.</summary>
    internal static string EndOf(string text)
    {
        if (text.Length <= ReadCharacters) return text;
        var from = (text.Length - (ReadCharacters / 2)) / (ReadCharacters / 2) * (ReadCharacters / 2);
        var line = text.IndexOf('\n', from);
        if (line >= 0 && line < text.Length - (ReadCharacters / 4)) return text[(line + 1)..];
        var space = text.IndexOf(' ', from);
        return space >= 0 ? text[(space + 1)..] : text[from..];
    }

    private static IResult Answer<TAnswer>(PageQuestion question, Func<string, TAnswer> answer)
    {
        if (question.Text.Length > MostCharacters) return TypedResults.BadRequest($"The text has {question.Text.Length:N0} characters; {MostCharacters:N0} are the most.");
        try
        {
            return TypedResults.Ok(answer(EndOf(question.Text)));
        }
        catch (ArgumentException exception)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }

    private static PageSuggestions Whole(PageQuestion question, PageSuggestions ofEnd) => ofEnd with { Text = question.Text[..^EndOf(question.Text).Length] + ofEnd.Text };

    private static PageSuggestion AskedAbout(PageQuestion question) => question.Suggestion ?? throw new ArgumentException("The question names no suggestion.");
}

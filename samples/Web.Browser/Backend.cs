using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using System.Text.Json;
using RnnLm;
using WebPage;

namespace WebBrowser;

/// <summary>What the worker of the page calls. Answers are JSON, the same that samples/Web sends.</summary>
[SupportedOSPlatform("browser")]
static partial class Backend
{
    private static LanguageModel? model;
    private static TypingPage? page;

    private static TypingPage Page => page ?? throw new InvalidOperationException("No model is loaded.");

    private static void Main()
    {
        // The runtime asks for it. Nothing is done until the page asks.
    }

    /// <summary>Takes a model file.</summary>
    [JSExport]
    internal static string Load(byte[] file)
    {
        model = LanguageModel.Load(new MemoryStream(file));
        page = new TypingPage(model);
        return JsonSerializer.Serialize(PageModel.Of(model), PageJson.Default.PageModel);
    }

    [JSExport]
    internal static string Suggest(string text) => JsonSerializer.Serialize(Page.Suggest(text), PageJson.Default.PageSuggestions);

    [JSExport]
    internal static string Accept(string text, string word, int replacedLength, double probability)
        => JsonSerializer.Serialize(Page.Accept(text, new PageSuggestion(word, replacedLength, probability)), PageJson.Default.PageSuggestions);

    [JSExport]
    internal static string Explain(string text, string word, int replacedLength, double probability)
        => JsonSerializer.Serialize(Page.Explain(text, new PageSuggestion(word, replacedLength, probability)), PageJson.Default.PageExplanation);
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.ML;
using WebPage;

namespace RnnLm.Web.Tests;

/// <summary>samples/Web without a browser: what it is started with, and what it answers.</summary>
public sealed class ServerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-web-");

    private string Model
    {
        get
        {
            var path = this["cat.rnnlm"];
            if (!File.Exists(path)) CatModel.Get().Save(path);
            return path;
        }
    }

    private string this[string name] => Path.Combine(folder.FullName, name);

    [Fact]
    public async Task It_answers_what_the_model_suggests_and_why()
    {
        using var server = await RunningServer.Start(Model);
        using var client = new HttpClient { BaseAddress = server.Address };
        var page = new TypingPage(CatModel.Get());

        var suggestions = await Ask<PageSuggestions>(client, "suggest", new PageQuestion("the cat s"));
        Assert.Equal(page.Suggest("the cat s").Suggestions, suggestions.Suggestions);
        var accepted = await Ask<PageSuggestions>(client, "accept", new PageQuestion("the cat s", suggestions.Suggestions[0]));
        Assert.Equal("the cat sat on the mat ", accepted.Text);
        var explanation = await Ask<PageExplanation>(client, "explain", new PageQuestion("the cat s", suggestions.Suggestions[0]));
        Assert.Equal(page.Explain("the cat s", suggestions.Suggestions[0]).Words, explanation.Words);
        Assert.Equal(PageModel.Of(CatModel.Get()), await client.GetFromJsonAsync("api/model", PageJson.Default.PageModel));

        // Of a long text the end is read, and all of it comes back.
        var text = string.Concat(Enumerable.Repeat("the dog ran through the park.\n", 200)) + "the cat s";
        Assert.Equal($"{text}at on the mat ", (await Ask<PageSuggestions>(client, "accept", new PageQuestion(text, suggestions.Suggestions[0]))).Text);
        Assert.Equal("sat on the mat", (await Ask<PageSuggestions>(client, "suggest", new PageQuestion(text))).Suggestions[0].Text);
    }

    [Fact]
    public async Task It_refuses_what_is_no_question()
    {
        using var server = await RunningServer.Start(Model);
        using var client = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("suggest", "{"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("suggest", "{}"));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("suggest", """{"text":null}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("suggest", $$"""{"text":"{{new string('a', 100_001)}}"}"""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await StatusOf("suggest", $$"""{"text":"{{new string('a', 300_000)}}"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("accept", """{"text":"the"}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("accept", """{"text":"the","suggestion":{"text":"cat","replacedLength":4,"probability":1}}"""));
        Assert.Equal(HttpStatusCode.BadRequest, await StatusOf("explain", """{"text":"the","suggestion":{"text":"cat","replacedLength":-1,"probability":1}}"""));
        Assert.Equal(HttpStatusCode.OK, await StatusOf("explain", """{"text":"the","suggestion":{"text":"","replacedLength":0,"probability":1}}"""));
        Assert.Equal(HttpStatusCode.OK, await StatusOf("suggest", """{"text":""}"""));
        // A form, which a page from elsewhere could send, is none.
        using var form = new FormUrlEncodedContent([new("text", "the")]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.PostAsync("api/suggest", form)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/other")).StatusCode);

        async Task<HttpStatusCode> StatusOf(string question, string json)
        {
            using var content = new StringContent(json, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync($"api/{question}", content);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_pipeline_that_knows_no_capitals_suggests_to_a_person_who_types_them()
    {
        var mlContext = new MLContext();
        var rows = mlContext.Data.LoadFromEnumerable([new Row { Text = "the cat" }]);
        var pipeline = mlContext.LanguageModeling.FromModel(InLowerCase(CatModel.Get()), new LanguageModelColumns { InputColumnName = "Text", NextWordColumnName = "NextWord" });
        mlContext.Model.Save(pipeline.Fit(rows), rows.Schema, this["pipeline.zip"]);

        using var server = await RunningServer.Start(this["pipeline.zip"]);
        using var client = new HttpClient { BaseAddress = server.Address };
        var suggestion = (await Ask<PageSuggestions>(client, "suggest", new PageQuestion("The Cat S"))).Suggestions[0];
        Assert.StartsWith("Sat", suggestion.Text, StringComparison.Ordinal);
        var asTyped = (await Ask<PageSuggestions>(client, "suggest", new PageQuestion("the cat s"))).Suggestions[0];
        Assert.Equal(asTyped.Probability, suggestion.Probability, 1e-3);
    }

    [Fact]
    public async Task It_saves_a_model_in_8_bit_for_the_browser()
    {
        var (exitCode, output, error) = await Samples.Run(Samples.Server, "save", this["small.rnnlm"], Model);
        Assert.True(exitCode == 0, error);
        Assert.StartsWith("Saved: ", output, StringComparison.Ordinal);
        Assert.True(LanguageModel.Load(this["small.rnnlm"]).IsQuantized);
    }

    [Theory]
    [InlineData(2, "Usage: ", "save")]
    [InlineData(2, "Usage: ", "a", "b", "c", "d")]
    [InlineData(1, "missing.rnnlm", "missing.rnnlm")]
    [InlineData(1, "There is no index.html in", "browser", "missing")]
    public async Task What_it_cannot_do_is_said(int expected, string said, params string[] arguments)
    {
        var (exitCode, _, error) = await Samples.Run([Samples.Server, .. arguments]);
        Assert.Equal(expected, exitCode);
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<TAnswer> Ask<TAnswer>(HttpClient client, string question, PageQuestion asked)
    {
        using var response = await client.PostAsJsonAsync($"api/{question}", asked, PageJson.Default.PageQuestion);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (TAnswer)(await response.Content.ReadFromJsonAsync(typeof(TAnswer), PageJson.Default))!;
    }

    /// <summary>The model with the words in lower case, as training behind NormalizeText leaves it.</summary>
    private static LanguageModel InLowerCase(LanguageModel model)
        => new(model.Tokenizer, new Vocabulary(model.Vocabulary.Select(word => word.ToLowerInvariant())), model.Network.CopyWeights());

    private sealed class Row
    {
        public string Text { get; set; } = "";
    }
}

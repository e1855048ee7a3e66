namespace RnnLm.Cli.Tests;

public sealed class TypedPromptTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [Theory]
    [InlineData("the cat")]
    [InlineData("the cat ")]
    [InlineData("see  https://example.com/a?b=c")]
    [InlineData("C++")]
    [InlineData("the boys'")]
    [InlineData("first line\nthe cat")]
    [InlineData("cafe\u0301")]
    public void A_prompt_stays_as_it_was_typed(string prompt)
        => Assert.StartsWith(prompt, trained.Shell.Run("generate", trained.Model, prompt, "--words", "3").Output, StringComparison.Ordinal);

    [Fact]
    public void A_continuation_that_is_interrupted_ends_between_two_words()
    {
        var outcome = trained.Shell.Run("", new CancellationToken(canceled: true), "generate", trained.Model, "the cat", "--words", "1000000000");
        Assert.NotEqual(0, outcome.Code);
    }

    [Fact]
    public void Scores_by_word_are_one_object_of_JSON_whatever_the_text_holds()
    {
        const string text = "the \"cat\" \\ \u0001 sat é 漢 😀";
        var answer = trained.Shell.RunWithInput(text + "\n", "score", trained.Model, "--by-word", "--json").Json.Single();
        Assert.Equal(text, answer.GetProperty("text").GetString());
        Assert.Equal(["text", "logProbability", "words", "unknown", "perplexity", "byWord"], answer.EnumerateObject().Select(member => member.Name));
        Assert.Equal(answer.GetProperty("words").GetInt32(), answer.GetProperty("byWord").GetArrayLength());
    }
}

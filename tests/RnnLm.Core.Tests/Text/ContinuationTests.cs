using System.Text;

namespace RnnLm.Tests.Text;

/// <summary>Words behind a text that somebody typed: the text stays as it is, and the words are spaced to go with it.</summary>
public class ContinuationTests
{
    [Theory]
    [InlineData("", "the|cat", "the cat")]
    [InlineData("the", "cat|.", "the cat.")]
    [InlineData("the ", "cat", "the cat")]
    [InlineData("the  cat\t", "sat", "the  cat\tsat")]
    [InlineData("the cat", ",|and", "the cat, and")]
    [InlineData("first line\nsecond", "line", "first line\nsecond line")]
    [InlineData("first line\n", "second", "first line\nsecond")]
    [InlineData("see https://example.com/a?b=c#d", "for|more", "see https://example.com/a?b=c#d for more")]
    [InlineData("C++", "is|a", "C++ is a")]
    [InlineData("C++", "11", "C++ 11")]
    [InlineData("the boys'", "house", "the boys' house")]
    [InlineData("the boys\u2019", "house", "the boys\u2019 house")]
    [InlineData("don't", "go", "don't go")]
    [InlineData("He said, \"", "Hello|,|\"|and|left", "He said, \"Hello,\" and left")]
    [InlineData("He said, \"Hello", ",|\"|and|left", "He said, \"Hello,\" and left")]
    [InlineData("\"Hello,\"", "he|said", "\"Hello,\" he said")]
    [InlineData("\u201C", "Hello", "\u201CHello")]
    [InlineData("he wrote (\"", "new|\"|)|.", "he wrote (\"new\").")]
    [InlineData("rock 'n' roll and \"", "blues|\"|!", "rock 'n' roll and \"blues\"!")]
    [InlineData("(", "once|)", "(once)")]
    [InlineData("a well-", "known|dog", "a well-known dog")]
    [InlineData("a well", "-|known|dog", "a well-known dog")]
    [InlineData("10 -", "5", "10 - 5")]
    [InlineData("-", "5", "-5")]
    [InlineData("no\u2014", "never", "no\u2014never")]
    [InlineData("$", "5.50|.", "$5.50.")]
    [InlineData("US$", "5", "US$5")]
    [InlineData("5", "%|of", "5% of")]
    [InlineData("#", "12", "#12")]
    [InlineData("我喜欢", "书|。", "我喜欢书。")]
    [InlineData("…", "and|so", "… and so")]
    [InlineData("wait...", "what|?", "wait... what?")]
    [InlineData("e\u0301te\u0301", "chaud", "e\u0301te\u0301 chaud")]
    public void Running_text_goes_on_as_a_person_would_write_it(string prompt, string words, string text)
        => Assert.Equal(text, Continued(Tokenizer.Text(), prompt, words));

    [Theory]
    [InlineData("", "the|cat", "the cat")]
    [InlineData("the", "cat|.", "the cat .")]
    [InlineData("the\n", "cat", "the\ncat")]
    public void Words_between_white_space_go_on_behind_one_space(string prompt, string words, string text)
        => Assert.Equal(text, Continued(Tokenizer.Whitespace, prompt, words));

    [Theory]
    [InlineData("", "t|h", "th")]
    [InlineData("the", " |c|a|t", "the cat")]
    [InlineData("the ", "c", "the c")]
    public void Characters_go_on_as_they_are(string prompt, string words, string text) => Assert.Equal(text, Continued(Tokenizer.Characters, prompt, words));

    [Fact]
    public void Words_of_any_text_go_on_behind_any_text_and_are_split_into_the_same_words() =>
        TextSamples.ForAll(FsCheck.Fluent.Gen.Two(TextSamples.Texts), texts =>
        {
            var tokenizer = Tokenizer.Text();
            var (prompt, words) = (TextSamples.Composed(texts.Item1), tokenizer.Tokenize(texts.Item2));
            var text = Continued(tokenizer, prompt, string.Join('|', words.Where(word => word != "|")));
            Assert.StartsWith(prompt, text, StringComparison.Ordinal);
        });

    [Fact]
    public void Every_word_is_written_when_it_is_known_how()
    {
        var text = new StringBuilder();
        var joiner = Tokenizer.Text().CreateJoiner("", text);
        var pieces = new List<string>();
        foreach (var word in "a|well|-|known|(|dog|)|--".Split('|'))
        {
            joiner.Add(word);
            pieces.Add(text.ToString());
            text.Clear();
        }
        joiner.Finish();
        pieces.Add(text.ToString());
        // A hyphen waits for the word that shows whether it joins.
        Assert.Equal(["a", " well", "", "-known", " (", "dog", ")", "", " --"], pieces);
    }

    [Fact]
    public void Quotation_marks_that_are_never_closed_are_looked_through_once()
    {
        // A mark that looked through all that are open would take twenty thousand million steps.
        var marks = Enumerable.Repeat("«", 200_000).Append("\"").Append("a").Append("\"").ToList();
        Assert.EndsWith("««\"a\"", Tokenizer.Text().Join(marks), StringComparison.Ordinal);
    }

    private static string Continued(Tokenizer tokenizer, string prompt, string words)
    {
        var text = new StringBuilder();
        var joiner = tokenizer.CreateJoiner(prompt, text);
        foreach (var word in words.Split('|', StringSplitOptions.RemoveEmptyEntries)) joiner.Add(word);
        joiner.Finish();
        return prompt + text;
    }
}

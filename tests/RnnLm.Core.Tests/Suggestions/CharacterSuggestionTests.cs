namespace RnnLm.Tests.Suggestions;

/// <summary>Suggestions of a model of characters, against all words of few letters and their probabilities.</summary>
public class CharacterSuggestionTests
{
    private static readonly string[] Letters = ["a", "b", " ", "."];

    [Theory]
    [InlineData("")]
    [InlineData("ab ")]
    [InlineData("ab b")]
    [InlineData("b. a")]
    public void Words_are_the_most_probable_ones_with_their_ends(string text)
    {
        // The end of a word is probable, so that few words make up most of the probability.
        var weights = RandomModels.Weights(CellKind.Gru, vocabulary: 6, embedding: 4, hidden: 5, layers: 1);
        weights.OutputBias.Values[4] = 1;
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", .. Letters]), weights);
        var typed = text.Length > 0 && char.IsLetter(text[^1]) ? text[^1..] : "";

        var expected = Ends(model, model.Start(text), "", 1).OrderByDescending(end => end.Probability).Take(5).ToArray();
        var actual = model.Suggest(text, new SuggestionOptions { Count = 5 });

        Assert.Equal(expected.Select(end => typed + end.Text), actual.Select(suggestion => suggestion.Text));
        foreach (var (end, suggestion) in expected.Zip(actual))
        {
            Assert.Equal(end.Probability, suggestion.Probability, 1e-5);
            Assert.Equal(typed.Length, suggestion.ReplacedLength);
        }
    }

    [Fact]
    public void A_suggestion_goes_on_with_further_words_and_Chinese_with_further_characters()
    {
        // Each character is there once, so that the one before it tells it. ARPA files cannot have a space as a word, so words are of the network alone, and this is Chinese.
        var model = LetterModels.Knowing(Tokenizer.Characters, "我们今天去北京。", "门");
        Assert.Equal("们今天去", model.Suggest("我")[0].Text);
        Assert.Equal("们今天去北京", model.Suggest("我", new SuggestionOptions { MaximumWords = 2 })[0].Text);
    }

    [Fact]
    public void Corrections_are_refused_since_there_are_no_words()
    {
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", .. Letters]), RandomModels.Weights(CellKind.Gru, vocabulary: 6));
        Assert.Contains("corrects nothing", Assert.Throws<ArgumentException>(() => model.Suggest("a", new SuggestionOptions { MaximumEdits = 1 })).Message);
        Assert.Contains("EditCost", Assert.Throws<ArgumentException>(() => model.Suggest("a", new SuggestionOptions { EditCost = 1 })).Message);
        Assert.Equal(model.Suggest("a"), model.Suggest("a", new SuggestionOptions { MaximumEdits = 0 }));
    }

    [Fact]
    public void Words_that_were_learned_are_suggested_and_blocked_ones_are_not()
    {
        var weights = RandomModels.Weights(CellKind.Gru, vocabulary: 6, embedding: 4, hidden: 5, layers: 1);
        weights.OutputBias.Values[4] = 1;
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(["<unk>", "<eos>", .. Letters]), weights);
        var session = model.StartTyping(new TypingOptions { UserWeight = 0.9 });
        session.Type("zebra zebra ze");
        Assert.Equal(("zebra", 2), (session.Suggestions[0].Text, session.Suggestions[0].ReplacedLength));
        session.Accept(session.Suggestions[0]);
        Assert.Equal("zebra zebra zebra ", session.Text);

        var first = model.Suggest("ab ")[0].Text;
        Assert.DoesNotContain(first, model.Suggest("ab ", new SuggestionOptions { BlockedWords = [first] }).Select(suggestion => suggestion.Text));
    }

    /// <summary>Every end of up to some letters, with its probability and that of what parts words behind it.</summary>
    private static IEnumerable<(string Text, double Probability)> Ends(LanguageModel model, RecurrentState state, string letters, double probability)
    {
        var logProbabilities = new float[6];
        model.LogProbabilities(state, logProbabilities);
        if (letters.Length > 0) yield return (letters, probability * new[] { 0, 1, 4, 5 }.Sum(id => Math.Exp(logProbabilities[id])));
        if (letters.Length == 7) yield break;
        foreach (var letter in (string[])["a", "b"])
        {
            var next = state.Clone();
            model.Read(next, letter);
            foreach (var end in Ends(model, next, letters + letter, probability * Math.Exp(logProbabilities[model.Vocabulary.IdOf(letter)]))) yield return end;
        }
    }
}

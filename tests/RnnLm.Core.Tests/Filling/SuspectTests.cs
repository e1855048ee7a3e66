using RnnLm.Tests.Mixtures;

namespace RnnLm.Tests.Filling;

/// <summary>The words of a text that look like mistakes, against the score of every text with another word in their place.</summary>
public sealed class SuspectTests
{
    private const string Text = "w3 w9 strange w4 w12 w5";

    private static readonly LanguageModel Model = RandomModels.Model();

    private static readonly Dictionary<string, Func<LanguageModel>> Models = new()
    {
        ["lstm"] = () => Model,
        ["quantised gru"] = () => RandomModels.Model(CellKind.Gru).Quantize(),
        ["adaptive softmax"] = () => AdaptiveModels.Model(AdaptiveModels.Weights()),
        ["cache and n-grams"] = () => Model.With(new NeuralCache { Size = 3, Weight = 0.4 }).With(new NGramInterpolation { Model = RandomNGrams.Model(Model.Vocabulary), Weight = 0.3 }),
        ["ensemble"] = () => LanguageModel.Ensemble([Model, RandomModels.Model(CellKind.Gru, seed: 2)]),
    };

    public static TheoryData<string> ModelNames => [.. Models.Keys];

    private static SuspectOptions Whole(LanguageModel model, double rarity = 0) => new() { Shortlist = model.Vocabulary.Count, FollowingWords = int.MaxValue, Rarity = rarity };

    private static string With(string text, int place, string word) => string.Join(' ', text.Split(' ').Select((other, i) => i == place ? word : other));

    /// <summary>The log-odds of every other word in a place, the best first, from the scores of whole texts.</summary>
    private static (string Word, double LogOdds)[] Alternatives(LanguageModel model, int place) =>
    [
        .. model.Vocabulary.Skip(2).Where(word => word != Text.Split(' ')[place])
            .Select(word => (word, model.Score(With(Text, place, word)).LogProbability - model.Score(Text).LogProbability))
            .OrderByDescending(other => other.Item2),
    ];

    [Theory]
    [MemberData(nameof(ModelNames))]
    public void The_log_odds_are_those_of_the_best_other_word_in_the_whole_text(string name)
    {
        var model = Models[name]();
        var expected = Text.Split(' ').Select((word, place) => (Word: word, Place: place, Alternatives: Alternatives(model, place)))
            .Where(word => word.Alternatives[0].LogOdds > 0).OrderByDescending(word => word.Alternatives[0].LogOdds).ToArray();

        var suspects = model.FindSuspects(Text, 100, Whole(model));

        Assert.NotEmpty(suspects);
        Assert.Equal(expected.Select(word => (word.Word, word.Place, word.Word == "strange")), suspects.Select(suspect => (suspect.Word, suspect.Position, suspect.IsUnknown)));
        foreach (var (word, suspect) in expected.Zip(suspects))
        {
            var better = word.Alternatives.Where(other => other.LogOdds > 0).Take(5).ToArray();
            Assert.Equal(better.Select(other => other.Word), suspect.Alternatives.Select(other => other.Word));
            foreach (var (other, found) in better.Zip(suspect.Alternatives)) Assert.Equal(other.LogOdds, found.LogOdds, 1e-4);
            Assert.Equal((suspect.Alternatives[0].LogOdds, suspect.LogOdds), (suspect.LogOdds, suspect.Suspicion));
        }
    }

    [Fact]
    public void Rarity_takes_off_what_the_words_have_elsewhere_in_the_text()
    {
        var plain = Model.FindSuspects(Text, 100, Whole(Model)).ToDictionary(suspect => suspect.Position);
        var words = Text.Split(' ');
        var distributions = Enumerable.Range(0, words.Length + 1).Select(read =>
        {
            var values = new float[Model.Vocabulary.Count];
            Model.LogProbabilities(Model.Start(words[..read]), values);
            return values.Select(value => Math.Exp(value)).ToArray();
        }).ToArray();

        var suspects = Model.FindSuspects(Text, 100, Whole(Model, rarity: 0.7));

        Assert.Equal(plain.Keys.Order(), suspects.Select(suspect => suspect.Position).Order());
        Assert.Equal(suspects.OrderByDescending(suspect => suspect.Suspicion), suspects);
        foreach (var suspect in suspects)
        {
            Assert.Equal(plain[suspect.Position].LogOdds, suspect.LogOdds);
            var elsewhere = Math.Log(Elsewhere(suspect.Alternatives[0].Word) / Elsewhere(suspect.Word));
            Assert.Equal(suspect.LogOdds - (0.7 * elsewhere), suspect.Suspicion, 1e-4);

            double Elsewhere(string word) => distributions.Where((_, place) => place != suspect.Position).Sum(distribution => distribution[Model.Vocabulary.IdOf(word)]);
        }
    }

    [Fact]
    public void So_many_words_behind_a_word_have_a_say_as_the_options_say()
    {
        var options = Whole(Model);
        options.FollowingWords = 1;
        foreach (var suspect in Model.FindSuspects(Text, 100, options))
        {
            // Text up to the word behind it; behind the last the line ends.
            var last = suspect.Position == 5;
            var end = string.Join(' ', Text.Split(' ')[..Math.Min(6, suspect.Position + 2)]);
            var scoring = new ScoringOptions { IncludeEndOfLine = last };
            var best = Model.Vocabulary.Skip(2).Where(word => word != suspect.Word).Max(word => Model.Score(With(end, suspect.Position, word), scoring).LogProbability);
            Assert.Equal(best - Model.Score(end, scoring).LogProbability, suspect.LogOdds, 1e-4);
        }
    }

    [Fact]
    public void Few_other_words_are_tried_in_order_of_their_probability_after_the_words_before()
    {
        var options = new SuspectOptions { Shortlist = 2, Rarity = 0 };
        foreach (var suspect in Model.FindSuspects(Text, 100, options))
        {
            var tried = Model.NextWords(Text.Split(' ')[..suspect.Position], count: 3).Where(word => word.Word != suspect.Word).Take(2).Select(word => word.Word);
            Assert.All(suspect.Alternatives, alternative => Assert.Contains(alternative.Word, tried));
        }
    }

    [Fact]
    public void A_word_that_the_model_does_not_know_is_as_suspicious_as_the_options_say()
    {
        var options = Whole(Model);
        options.UnknownWordLogProbability = -50;
        var suspect = Model.FindSuspects(Text, 1, options)[0];
        Assert.Equal(("strange", 2, true), (suspect.Word, suspect.Position, suspect.IsUnknown));
        Assert.True(suspect.LogOdds > 30);
        options.Rarity = 1;
        Assert.Equal("strange", Model.FindSuspects(Text, 100, options).Single(other => other.IsUnknown).Word);
    }

    [Fact]
    public void A_number_and_a_least_log_odds_cut_the_list()
    {
        var all = Model.FindSuspects(Text, 100);
        Assert.Equal(all.Take(2).Select(suspect => suspect.Position), Model.FindSuspects(Text, 2).Select(suspect => suspect.Position));
        var least = all.Select(suspect => suspect.LogOdds).Order().ElementAt(1);
        Assert.Equal(all.Count - 1, Model.FindSuspects(Text, 100, new SuspectOptions { LeastLogOdds = least }).Count);
        Assert.Empty(Model.FindSuspects(Text, 100, new SuspectOptions { LeastLogOdds = 1e9 }));
    }

    [Fact]
    public void Words_and_a_state_are_looked_through_like_a_text_and_texts_without_words_have_no_suspects()
    {
        var expected = Model.FindSuspects(Text).Select(suspect => suspect.ToString());
        Assert.Equal(expected, Model.FindSuspects([null, .. Text.Split(' '), ""]).Select(suspect => suspect.ToString()));
        Assert.Equal(expected, Model.FindSuspects(Model.Start(), Text, batch: new BatchOptions { Threads = 1 }).Select(suspect => suspect.ToString()));
        Assert.NotEqual(expected, Model.FindSuspects(Model.Start("w7 w7"), Text).Select(suspect => suspect.ToString()));
        Assert.Empty(Model.FindSuspects(""));
        Assert.Empty(RandomModels.Model(vocabulary: 2).FindSuspects("a b"));
        Assert.True(Model.FindSuspects("w3", options: new SuspectOptions { IncludeEndOfLine = false }).Count <= 1);
    }

    [Fact]
    public void Options_that_cannot_be_are_refused_all_at_once()
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => Model.FindSuspects(
            Text, options: new SuspectOptions { Shortlist = 0, FollowingWords = -1, Rarity = 1.5, LeastLogOdds = double.NaN, UnknownWordLogProbability = 2 }));
        foreach (var name in (string[])["Shortlist is 0", "FollowingWords is -1", "Rarity is 1.5", "LeastLogOdds is NaN", "UnknownWordLogProbability is 2"]) Assert.Contains(name, fault.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.FindSuspects(Text, 0));
        Assert.ThrowsAny<ArgumentException>(() => Model.FindSuspects(RandomModels.Model(hidden: 9).Start(), Text));
    }
}

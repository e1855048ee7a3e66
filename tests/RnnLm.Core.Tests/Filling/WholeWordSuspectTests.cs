namespace RnnLm.Tests.Filling;

/// <summary>The words of a text that look like mistakes to a model of subwords, against the score of every text with another word in their place.</summary>
public sealed class WholeWordSuspectTests
{
    private const string Text = "the catalog, sat there";

    private static readonly LanguageModel Model = SubwordModels.Model(sharpness: 3);

    private static readonly string[] Before = ["", "the ", "the catalog", "the catalog, ", "the catalog, sat "];
    private static readonly string[] Words = ["the", "catalog", ",", "sat", "there"];
    private static readonly string[] After = [" catalog, sat there", ", sat there", " sat there", " there", ""];

    private static SuspectOptions Whole(double rarity = 0) => new() { Shortlist = 30, FollowingWords = int.MaxValue, Rarity = rarity };

    /// <summary>The log-odds of the other words that may come next in a place, the best first, from the scores of whole texts.</summary>
    private static (string Word, double LogOdds)[] Alternatives(LanguageModel model, int place, int shortlist) =>
    [
        .. model.NextWords(Before[place], shortlist + 1).Select(word => word.Word).Where(word => word != Words[place])
            .Where(word => model.Score(Before[place] + word + After[place]).Words.Select(score => score.Word).SequenceEqual([.. Words[..place], word, .. Words[(place + 1)..], "<eos>"]))
            .Take(shortlist).Select(word => (word, model.Score(Before[place] + word + After[place]).LogProbability - model.Score(Text).LogProbability))
            .OrderByDescending(other => other.Item2),
    ];

    [Fact]
    public void The_log_odds_are_those_of_the_best_other_whole_word_in_the_whole_text()
    {
        foreach (var model in (LanguageModel[])[Model, Model.With(new NeuralCache { Size = 4, Weight = 0.4 })])
        {
            var expected = Enumerable.Range(0, Words.Length).Select(place => (Place: place, Alternatives: Alternatives(model, place, 30)))
                .Where(word => word.Alternatives[0].LogOdds > 0).OrderByDescending(word => word.Alternatives[0].LogOdds).ToArray();
            var suspects = model.FindSuspects(Text, 100, Whole());
            Assert.NotEmpty(suspects);
            Assert.Contains(suspects, suspect => suspect.Word == "catalog");
            Assert.Equal(expected.Select(word => (Words[word.Place], word.Place, false)), suspects.Select(suspect => (suspect.Word, suspect.Position, suspect.IsUnknown)));
            foreach (var (word, suspect) in expected.Zip(suspects))
            {
                var better = word.Alternatives.Where(other => other.LogOdds > 0).Take(5).ToArray();
                Assert.Equal(better.Select(other => other.Word), suspect.Alternatives.Select(other => other.Word));
                foreach (var (other, found) in better.Zip(suspect.Alternatives)) Assert.Equal(other.LogOdds, found.LogOdds, 1e-3);
                Assert.Equal((suspect.Alternatives[0].LogOdds, suspect.LogOdds), (suspect.LogOdds, suspect.Suspicion));
            }
        }
    }

    [Fact]
    public void Few_other_words_are_tried_in_order_of_their_probability_after_the_words_before()
    {
        foreach (var suspect in Model.FindSuspects(Text, 100, new SuspectOptions { Shortlist = 3, Rarity = 0 }))
            Assert.Equal(Alternatives(Model, suspect.Position, 3).Where(other => other.LogOdds > 0).Select(other => other.Word), suspect.Alternatives.Select(other => other.Word));
    }

    [Fact]
    public void So_many_whole_words_behind_a_word_have_a_say_as_the_options_say()
    {
        var options = Whole();
        (options.FollowingWords, options.Shortlist) = (1, 20);
        foreach (var suspect in Model.FindSuspects(Text, 100, options))
        {
            // Text up to the word behind it; behind the last the line ends.
            var place = suspect.Position;
            var end = place == 4 ? "" : string.Concat(After[place].TakeWhile((_, i) => i < After[place].Length - (place == 3 ? 0 : After[place + 1].Length)));
            var scoring = new ScoringOptions { IncludeEndOfLine = place == 4 };
            var best = Alternatives(Model, place, 20).Max(other => Model.Score(Before[place] + other.Word + end, scoring).LogProbability);
            Assert.Equal(best - Model.Score(Before[place] + Words[place] + end, scoring).LogProbability, suspect.LogOdds, 1e-3);
        }
    }

    [Fact]
    public void Rarity_takes_off_what_the_words_have_elsewhere_in_the_text()
    {
        var plain = Model.FindSuspects(Text, 100, Whole()).ToDictionary(suspect => suspect.Position);
        var suspects = Model.FindSuspects(Text, 100, Whole(rarity: 0.7));
        Assert.Equal(plain.Keys.Order(), suspects.Select(suspect => suspect.Position).Order());
        Assert.Equal(suspects.OrderByDescending(suspect => suspect.Suspicion), suspects);
        foreach (var suspect in suspects)
        {
            Assert.Equal(plain[suspect.Position].LogOdds, suspect.LogOdds);
            var elsewhere = Math.Log(Elsewhere(suspect.Alternatives[0].Word, suspect.Position) / Elsewhere(suspect.Word, suspect.Position));
            Assert.Equal(suspect.LogOdds - (0.7 * elsewhere), suspect.Suspicion, 1e-3);
        }

        // In every other place and behind the last word, each time with the white space that is there.
        double Elsewhere(string word, int position) => Enumerable.Range(0, 6).Where(place => place != position).Sum(place =>
        {
            var state = Model.Start(place == 5 ? Text : Before[place]);
            var sum = 0.0;
            foreach (var piece in Model.Tokenizer.Tokenize((place == 5 || Before[place].EndsWith(' ') ? " " : "") + word))
            {
                var values = new float[Model.Vocabulary.Count];
                Model.LogProbabilities(state, values);
                sum += values[Model.Vocabulary.IdOf(piece)];
                Model.Network.Step(Model.Vocabulary.IdOf(piece), state);
            }
            return Math.Exp(sum);
        });
    }

    [Fact]
    public void Words_pieces_and_a_state_are_looked_through_like_a_text()
    {
        var expected = Model.FindSuspects(Text).Select(suspect => suspect.ToString());
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Model.FindSuspects([null, .. Words, ""]).Select(suspect => suspect.ToString()));
        Assert.Equal(expected, Model.FindSuspects(Model.Tokenizer.Tokenize(Text)).Select(suspect => suspect.ToString()));
        Assert.Equal(expected, Model.FindSuspects(Model.Start(), Text + "  ", batch: new BatchOptions { Threads = 1 }).Select(suspect => suspect.ToString()));
        Assert.Empty(Model.FindSuspects(""));
        Assert.Empty(Model.FindSuspects(Text, options: new SuspectOptions { LeastLogOdds = 1e9 }));
        Assert.True(Model.FindSuspects("the", options: new SuspectOptions { IncludeEndOfLine = false }).Count <= 1);
    }

    [Fact]
    public void The_score_of_unknown_words_is_refused_since_there_are_none()
    {
        var fault = Assert.Throws<ArgumentException>(() => Model.FindSuspects(Text, options: new SuspectOptions { UnknownWordLogProbability = -10 }));
        Assert.Contains("UnknownWordLogProbability has no effect with a model of subwords", fault.Message, StringComparison.Ordinal);
    }
}

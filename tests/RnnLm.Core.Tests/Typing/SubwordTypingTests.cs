using RnnLm.Suggestions;
using RnnLm.Tests.Suggestions;

namespace RnnLm.Tests.Typing;

/// <summary>Sessions with models of subwords: what they read, and how many steps that takes.</summary>
public class SubwordTypingTests
{
    private static readonly string[] Lines = ["the cat, 我们 sat  ", "", "a 'hat' that the cat's 3.14 \u200D x", "don't <b> \U0001F642", "  the"];

    [Fact]
    public void A_text_is_read_as_the_tokenizer_splits_its_lines_whatever_comes_when()
    {
        var predictor = new RecordingPredictor();
        var session = new TypingSession(predictor, new SuggestionIndex(predictor), new TypingOptions { Learn = false });
        var expected = new List<int> { Vocabulary.EndOfLineId };
        foreach (var line in Lines)
        {
            foreach (var character in line) session.Type(character);
            session.Type('\n');
            expected.AddRange(predictor.Tokenizer.Tokenize(predictor.Tokenizer.LineOf(line)).Select(piece => predictor.Vocabulary.IdOf(piece)));
            expected.Add(Vocabulary.EndOfLineId);
            predictor.Asked.Clear();
            _ = session.Suggestions;
            Assert.Equal(expected, predictor.Asked[0]);
        }
        session.Backspace(3);
        session.Type("the cat ");
        predictor.Asked.Clear();
        _ = session.Suggestions;
        var last = predictor.Tokenizer.Tokenize(Lines[^1]).Count + 1;
        Assert.Equal([.. expected[..^last], .. predictor.Tokenizer.Tokenize("  tthe cat").Select(piece => predictor.Vocabulary.IdOf(piece))], predictor.Asked[0]);
    }

    [Fact]
    public void A_letter_costs_no_more_steps_than_are_told_and_what_is_deleted_and_typed_again_none()
    {
        var predictor = new RecordingPredictor();
        var session = new TypingSession(predictor, new SuggestionIndex(predictor), new TypingOptions { Learn = false });
        session.Type(string.Concat(Enumerable.Repeat("the cat sat on the mat, and the other cat ", 50)));
        _ = session.Suggestions;
        const int Searches = PieceSuggester.MostSteps + PieceCorrection.MostSteps;
        const int Cases = 3;
        foreach (var letter in "othrer")
        {
            predictor.Steps = 0;
            session.Type(letter);
            _ = session.Suggestions;
            Assert.InRange(predictor.Steps, 1, Searches + Cases);
            predictor.Steps = 0;
            session.Backspace();
            session.Type(letter);
            _ = session.Suggestions;
            Assert.Equal(0, predictor.Steps);
        }
    }

    [Fact]
    public void New_words_are_learned_as_they_are_typed_and_have_their_share()
    {
        var model = SubwordModels.Model(merges: 60);
        var session = model.StartTyping(new TypingOptions { UserWeight = 0.5 });
        session.Type("zebra zebra ze");
        Assert.Equal(("zebra", 2), (session.Suggestions[0].Text, session.Suggestions[0].ReplacedLength));
        session.Accept(session.Suggestions[0]);
        Assert.Equal("zebra zebra zebra ", session.Text);
        Assert.Equal("zebra", session.Suggestions[0].Text);
        session.Type("zbera");
        Assert.Contains(session.Suggestions, suggestion => suggestion is { Text: "zebra", Edits: 1 });
        Assert.Equal(3, session.User!.TotalCount);
        session.Backspace(100);
        Assert.Equal(0, session.User.TotalCount);
    }

    [Fact]
    public void A_persons_words_are_blended_with_those_of_the_model()
    {
        var user = new UserModel();
        user.Learn(["cat", "cat", "zoo"]);
        var model = SubwordModels.Model(merges: 60, favoured: ["Ġcat</w>"]);
        var alone = model.Suggest("a ", new SuggestionOptions { Count = 40 }).ToDictionary(suggestion => suggestion.Text, suggestion => suggestion.Probability);
        var session = model.StartTyping(new TypingOptions { User = user, Learn = false, UserWeight = 0.5, Suggestions = new SuggestionOptions { Count = 40 } });
        session.Type("a ");
        // All of the person's words may come next, and only some of the model's have a space before them.
        var weight = 0.5 * 3 / (3 + 2);
        var mass = new PlainPieces(model).Mass(model.Start("a"), " ");
        var all = ((1 - weight) * mass) + weight;
        var shares = new double[user.Places.Count];
        user.Probabilities("a", null, shares);
        foreach (var word in (string[])["cat", "zoo", "the"])
        {
            var share = user.Places.Contains(word) ? shares[user.Places.ToList().IndexOf(word)] : 0;
            Assert.Equal((((1 - weight) * mass * alone.GetValueOrDefault(word)) + (weight * share)) / all, session.Suggestions.Single(suggestion => suggestion.Text == word).Probability, 1e-6);
        }
    }

    [Fact]
    public void A_phrase_of_the_person_is_gone_on_with()
    {
        var session = SubwordModels.Model(merges: 60).StartTyping(new TypingOptions { UserWeight = 0.9, Suggestions = new SuggestionOptions { MaximumWords = 3 } });
        session.Type(string.Concat(Enumerable.Repeat("zebra quaggas kudu\n", 30)));
        session.Type("ze");
        Assert.Equal("zebra quaggas kudu", session.Suggestions[0].Text);
    }

    [Fact]
    public void What_suggestions_save_is_measured()
    {
        var model = SubwordModels.Model(merges: 60, favoured: ["c", "at</w>", "Ġcat</w>"]);
        var metrics = model.EvaluateTyping(["cat cat", "cat, cat"]);
        Assert.Equal((15, 4), (metrics.Keystrokes, metrics.Words));
        Assert.Equal(1, metrics.RecallAt3);
        // With one suggestion it is: c, take, take; c, take, comma, space, take.
        Assert.Equal(1 - (8.0 / 15), metrics.SavedAt1, 1e-9);
        Assert.True(metrics.SavedAt1 <= metrics.UpperBound);
    }

    /// <summary>A model of subwords that tells what it was asked, and counts its steps.</summary>
    private sealed class RecordingPredictor() : WordPredictor(Model.Tokenizer, Model.Vocabulary)
    {
        private static readonly LanguageModel Model = SubwordModels.Model(sharpness: 2);

        public int Steps { get; set; }

        /// <summary>What had been read each time probabilities were asked for.</summary>
        public List<int[]> Asked { get; } = [];

        public override PredictorState Start() => new State(this, Model.Start(), [Vocabulary.EndOfLineId]);

        private sealed class State(RecordingPredictor predictor, RecurrentState state, int[] read) : PredictorState
        {
            private int[] read = read;

            public override void Read(int word)
            {
                predictor.Steps++;
                read = [.. read, word];
                Model.Network.Step(word, state);
            }

            public override void LogProbabilities(Span<float> destination)
            {
                predictor.Asked.Add(read);
                Model.LogProbabilities(state, destination);
            }

            public override PredictorState Clone() => new State(predictor, state.Clone(), read);
        }
    }
}

using RnnLm.Tests.Suggestions;

namespace RnnLm.Tests.Typing;

public class TypingSessionTests
{
    private static readonly Tokenizer[] Tokenizers = [Tokenizer.Text(), Tokenizer.Text(lowerCase: true, NumberClass.Digits), Tokenizer.Whitespace, Tokenizer.Characters, SubwordModels.Tokenizer()];

    /// <summary>What is typed at random: letters, ends of words, words that become others by what follows, marks, halves of pairs.</summary>
    private static readonly string[] Pieces =
    [
        "t", "h", "e", "n", " ", " ", ", ", ". ", "-", "don't ", "don'", "the ", "Form", "form ", "\n", "\r\n", "我", "们", "。", "é", "\u0301", "<unk>", "<", ">", "3.", "14 ", "  ", "\uD83D", "\uDE00", "x", "\"", "cafe",
        "\u00AD", "\u200B", "한", "ᄀ", "ᅡ", "カ", "ナ", "ひ", "\uFE00",
    ];

    public static TheoryData<int, bool> Runs
    {
        get
        {
            var runs = new TheoryData<int, bool>();
            for (var tokenizer = 0; tokenizer < Tokenizers.Length; tokenizer++)
                foreach (var learns in (bool[])[false, true]) runs.Add(tokenizer, learns);
            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void After_any_typing_and_deleting_the_suggestions_are_those_for_the_text_at_once(int tokenizer, bool learns)
    {
        var words = Tokenizers[tokenizer] is CharacterTokenizer ? Pieces.SelectMany(piece => piece).Distinct().Where(c => !char.IsSurrogate(c)).Select(c => c.ToString()) : LetterModels.English.Concat(["我", "们", "。", "cafe"]).Distinct();
        words = words.Where(word => tokenizer != 1 || word == word.ToLowerInvariant()).Select(word => word.Normalize()).Distinct();
        var model = Tokenizers[tokenizer] is SubwordTokenizer ? SubwordModels.Model(sharpness: 3) : LetterModels.Of(Tokenizers[tokenizer], words);
        for (var seed = 1; seed <= (Tokenizers[tokenizer] is SubwordTokenizer ? 1 : 4); seed++)
        {
            var random = new Random(seed);
            var options = new TypingOptions { Learn = learns, Suggestions = new SuggestionOptions { Count = 5 } };
            var session = model.StartTyping(options);
            var text = "";
            for (var step = 0; step < 120; step++)
            {
                if (random.Next(3) > 0)
                {
                    var piece = Pieces[random.Next(Pieces.Length)];
                    foreach (var character in piece) session.Type(character);
                    text += piece;
                }
                else
                {
                    // Now and then more than is remembered.
                    var count = random.Next(20) == 0 ? 90 : random.Next(1, 7);
                    session.Backspace(count);
                    var kept = Math.Max(0, text.Length - count);
                    text = text[..(kept > 0 && kept < text.Length && char.IsLowSurrogate(text[kept]) && char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept)];
                }
                Assert.Equal(text, session.Text);
                if (random.Next(4) > 0) continue;
                var fresh = model.StartTyping(options);
                fresh.Type(text);
                Assert.Equal(fresh.Suggestions, session.Suggestions);
                if (!learns) Assert.Equal(model.Suggest(text, options.Suggestions), session.Suggestions);
                else Assert.Equal(Known(fresh.User!), Known(session.User!));
            }
        }
    }

    [Fact]
    public void A_text_of_many_words_is_taken_back_to_its_beginning()
    {
        var model = LetterModels.OfEnglish();
        var session = model.StartTyping(new TypingOptions { Learn = false });
        var text = string.Concat(Enumerable.Repeat("the form of the word, ", 40));
        session.Type(text);
        for (; text.Length > 0; text = text[..Math.Max(0, text.Length - 5)], session.Backspace(5))
            if (text.Length % 3 == 0) Assert.Equal(model.Suggest(text), session.Suggestions);
    }

    [Fact]
    public void A_letter_within_a_word_costs_no_step_and_no_output_layer()
    {
        var model = RandomModels.Model(vocabulary: 400, embedding: 40, hidden: 60);
        var session = model.StartTyping(new TypingOptions { Learn = false });
        session.Type("w33 w");
        _ = session.Suggestions;
        // A distribution takes room of the size of the vocabulary; what a letter takes is that of its suggestions.
        Assert.InRange(Allocations.Of(() =>
        {
            session.Type('3');
            _ = session.Suggestions;
            session.Backspace();
            _ = session.Suggestions;
        }), 0, 8000);
    }

    [Theory]
    [InlineData("Hello the wor", "world", "Hello the world ")]
    [InlineData("Hello the ", ",", "Hello the, ")]
    [InlineData("Hello the ", "(", "Hello the (")]
    [InlineData("Hello the ", "-", "Hello the - ")]
    public void What_is_accepted_comes_with_the_space_behind_it(string typed, string word, string expected)
    {
        var session = Session();
        session.Type(typed);
        session.Accept(session.Suggestions.Single(suggestion => suggestion.Text == word));
        Assert.Equal(expected, session.Text);
    }

    [Theory]
    [InlineData(",", "Hello world,")]
    [InlineData(", the", "Hello world, the")]
    [InlineData(".", "Hello world.")]
    [InlineData(" ", "Hello world ")]
    [InlineData(" the", "Hello world the")]
    [InlineData("the", "Hello world the")]
    [InlineData("  ", "Hello world  ")]
    public void The_space_that_came_with_a_suggestion_is_the_one_that_is_typed_and_goes_before_what_stands_close(string typed, string expected)
    {
        var session = Session();
        session.Type("Hello wor");
        session.Accept(session.Suggestions.Single(suggestion => suggestion.Text == "world"));
        foreach (var character in typed) session.Type(character);
        Assert.Equal(expected, session.Text);
    }

    [Fact]
    public void A_space_that_was_typed_stays_before_a_comma()
    {
        var session = Session();
        session.Type("Hello world ");
        session.Type(",");
        Assert.Equal("Hello world ,", session.Text);
    }

    [Fact]
    public void New_words_and_phrases_are_learned_as_they_are_typed_and_not_when_they_are_deleted_again()
    {
        var session = LetterModels.OfEnglish().StartTyping(new TypingOptions { Suggestions = new SuggestionOptions { Count = 5 } });
        session.Type("Zarathu");
        Assert.DoesNotContain(session.Suggestions, suggestion => suggestion.Text.StartsWith("Zara", StringComparison.Ordinal));
        session.Type("stra speaks ");
        Assert.True(session.User!.Knows("Zarathustra"));
        session.Type("Zarathustra ");
        Assert.Contains("speaks", session.Suggestions.Select(suggestion => suggestion.Text));
        session.Backspace("Zarathustra Zarathustra speaks ".Length);
        Assert.False(session.User.Knows("Zarathustra"));
        Assert.Equal((0, 0L), (session.User.WordCount, session.User.TotalCount));
    }

    [Fact]
    public void Another_text_keeps_what_was_learned()
    {
        var session = LetterModels.OfEnglish().StartTyping();
        session.Type("Zarathustra speaks\n");
        session.Clear();
        Assert.Equal("", session.Text);
        session.Type("Zarathustra sp");
        Assert.Equal("speaks", session.Suggestions[0].Text);
    }

    [Fact]
    public void A_user_model_goes_from_session_to_session_and_is_left_alone_where_nothing_is_learned()
    {
        var user = new UserModel();
        user.Learn(["Zarathustra", "speaks"]);
        var model = LetterModels.OfEnglish();
        var session = model.StartTyping(new TypingOptions { User = user, Learn = false, UserWeight = 0.9 });
        session.Type("of Zarathustra ");
        Assert.Equal("speaks", session.Suggestions[0].Text);
        Assert.Equal(2, user.TotalCount);
        Assert.Null(model.StartTyping(new TypingOptions { Learn = false }).User);
    }

    [Fact]
    public void A_persons_words_have_their_share_of_the_probability()
    {
        var user = new UserModel();
        user.Learn(["world", "world", "hello"]);
        var model = LetterModels.OfEnglish();
        var session = model.StartTyping(new TypingOptions { User = user, Learn = false, UserWeight = 0.5, Suggestions = new SuggestionOptions { Count = 63 } });
        var weight = 0.5 * 3 / (3 + 2);
        foreach (var next in model.NextWords("", model.Vocabulary.Count))
        {
            var share = next.Word switch { "world" => 2.0 / 3, "hello" => 1.0 / 3, _ => 0 };
            Assert.Equal(((1 - weight) * next.Probability) + (weight * share), session.Suggestions.Single(suggestion => suggestion.Text == next.Word).Probability, 1e-6);
        }
    }

    [Fact]
    public void An_ngram_model_alone_suggests_too()
    {
        var model = LetterModels.Knowing(Tokenizer.Text(), "the quick fox", "quite");
        var session = model.StartTyping();
        session.Type("the q");
        Assert.Equal("quick", session.Suggestions[0].Text);
        Assert.Equal(session.Suggestions.Select(suggestion => suggestion.Text), model.Suggest("the q").Select(suggestion => suggestion.Text));
    }

    [Fact]
    public void A_mixture_suggests_with_its_own_probabilities()
    {
        var model = RandomModels.Model().With(new NeuralCache { Size = 10, Weight = 0.5 });
        var next = model.NextWords("w3 w4 w3", 5);
        var session = model.StartTyping(new TypingOptions { Learn = false, Suggestions = new SuggestionOptions { Count = 5 } });
        session.Type("w3 w4 w3 w5");
        session.Backspace(2);
        Assert.Equal(next.Select(word => (word.Word, Math.Round(word.Probability, 6))), session.Suggestions.Select(suggestion => (suggestion.Text, Math.Round(suggestion.Probability, 6))));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var session = Session();
        Assert.Throws<ArgumentOutOfRangeException>(() => session.Backspace(-1));
        Assert.Throws<ArgumentNullException>(() => session.Type(null!));
        Assert.Contains("another text", Assert.Throws<ArgumentException>(() => session.Accept(new Suggestion("a", 1, 1))).Message);
        Assert.Contains("another text", Assert.Throws<ArgumentException>(() => new Suggestion("a", 2, 1).ApplyTo("b")).Message);
        Assert.Contains("UserWeight has no effect", Assert.Throws<ArgumentOutOfRangeException>(() => new TypingOptions { Learn = false, UserWeight = 0.1 }.Validate()).Message);
        Assert.Contains("Suggestions.Count", Assert.Throws<ArgumentOutOfRangeException>(() => new TypingOptions { UserWeight = 1, Suggestions = { Count = 0 } }.Validate()).Message);
    }

    private static TypingSession Session() => LetterModels.OfEnglish().StartTyping(new TypingOptions { Learn = false, Suggestions = new SuggestionOptions { Count = 63 } });

    private static IEnumerable<string> Known(UserModel user) => user.Words.Order(StringComparer.Ordinal).Append($"{user.TotalCount}");

    /// <summary>What a letter takes of memory depends neither on the vocabulary nor on how much was learned.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_letter_takes_no_more_memory_the_more_words_were_learned(bool isOfCharacters)
    {
        Assert.InRange(BytesOf(9_000), 0, BytesOf(90) + 4096);

        long BytesOf(int learned)
        {
            var user = new UserModel();
            user.Learn(Enumerable.Range(0, learned).Select(word => $"name{word}"));
            var model = isOfCharacters ? LetterModels.Of(Tokenizer.Characters, "abcdemn 0123456789.".Select(c => c.ToString())) : LetterModels.OfEnglish();
            var session = model.StartTyping(new TypingOptions { User = user, Learn = false });
            session.Type("a ");
            Press();
            return Allocations.Of(Press);

            void Press()
            {
                session.Type("b");
                _ = session.Suggestions;
                session.Backspace();
                _ = session.Suggestions;
            }
        }
    }
}

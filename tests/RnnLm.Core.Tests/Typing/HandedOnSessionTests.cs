using RnnLm.Tests.Suggestions;

namespace RnnLm.Tests.Typing;

/// <summary>A session that another process goes on with: from a saved state, a saved user model, and the lines since then.</summary>
public class HandedOnSessionTests
{
    private static readonly string[] Words = ["the", "word", "don't", "Zarathustra", "form", "of", "hello,", "(over)", "world.", "Paris", "xyzzy", "Tehran!", "it's"];

    public static TheoryData<int> Models => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Models))]
    public void It_suggests_what_the_session_suggests_that_nobody_interrupted(int number)
    {
        var model = number switch { 0 => LetterModels.OfEnglish(), 1 => LetterModels.Of(Tokenizer.Whitespace, LetterModels.English), _ => SubwordModels.Model(sharpness: 3) };
        var random = new Random(1);
        var whole = model.StartTyping();
        whole.Type(Lines(random, 6));
        using var state = new MemoryStream();
        using var words = new MemoryStream();
        model.SaveState(whole.State!, state);
        whole.User!.Save(words);
        (state.Position, words.Position) = (0, 0);

        // So much of the text shows whether the person begins sentences with capitals.
        var since = Lines(random, 14);
        Assert.InRange(since.Length, 400, int.MaxValue);
        var handedOn = model.StartTyping(model.LoadState(state), new TypingOptions { User = UserModel.Load(words) });
        whole.Type(since);
        handedOn.Type(since);
        for (var step = 0; step < 150; step++)
        {
            if (random.Next(4) == 0 && whole.Suggestions is [var first, ..])
            {
                whole.Accept(first);
                handedOn.Accept(handedOn.Suggestions[0]);
            }
            else if (random.Next(6) == 0)
            {
                whole.Backspace(3);
                handedOn.Backspace(3);
            }
            else
            {
                var typed = random.Next(12) == 0 ? "\n" : Words[random.Next(Words.Length)][..2] + (random.Next(2) == 0 ? " " : "");
                whole.Type(typed);
                handedOn.Type(typed);
            }
            Assert.Equal(whole.Suggestions, handedOn.Suggestions);
            Assert.EndsWith(handedOn.Text, whole.Text, StringComparison.Ordinal);
        }
        Assert.Equal(whole.User.TotalCount, handedOn.User!.TotalCount);
    }

    [Fact]
    public void What_was_before_cannot_be_deleted_and_the_state_stays_as_it_was()
    {
        var model = LetterModels.OfEnglish();
        var state = model.Start("the form of");
        model.Read(state, model.Vocabulary.EndOfLineWord);
        var before = state.Output.ToArray();
        var session = model.StartTyping(state, new TypingOptions { Learn = false });
        var expected = session.Suggestions;
        session.Type(string.Concat(Enumerable.Repeat("word of the ", 20)));
        session.Backspace(1000);
        Assert.Equal("", session.Text);
        Assert.Equal(expected, session.Suggestions);
        Assert.Equal(before, session.State!.Output.ToArray());
        Assert.Equal(before, state.Output.ToArray());
    }

    [Fact]
    public void The_state_of_a_session_is_that_of_the_words_it_has_read()
    {
        var model = LetterModels.OfEnglish();
        var session = model.StartTyping();
        session.Type("the form of\nhello w");
        var state = model.Start("the form of");
        model.Read(state, model.Vocabulary.EndOfLineWord);
        model.Read(state, "hello");
        Assert.Equal(state.Output.ToArray(), session.State!.Output.ToArray());
        session.State.Clear();
        Assert.Equal(state.Output.ToArray(), session.State.Output.ToArray());
    }

    [Fact]
    public void A_state_of_another_model_is_refused_and_an_n_gram_model_has_none()
    {
        Assert.Throws<ArgumentException>(() => LetterModels.OfEnglish().StartTyping(RandomModels.Model().Start()));
        Assert.Null(LetterModels.Knowing(Tokenizer.Text(), "the form").StartTyping().State);
    }

    private static string Lines(Random random, int count)
        => string.Concat(Enumerable.Range(0, count).Select(_ => string.Join(' ', Enumerable.Range(0, random.Next(5, 9)).Select(_ => Words[random.Next(Words.Length)])) + "\n"));
}

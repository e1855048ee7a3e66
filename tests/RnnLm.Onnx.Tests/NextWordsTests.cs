using RnnLm.Tests;

namespace RnnLm.Onnx.Tests;

public sealed class NextWordsTests
{
    public static TheoryData<SpecialWords> EveryExclusion => [SpecialWords.None, SpecialWords.Unknown, SpecialWords.EndOfLine, SpecialWords.All];

    [OnnxRuntimeTheory]
    [MemberData(nameof(EveryExclusion))]
    public void Next_words_are_those_of_the_model(SpecialWords exclude)
    {
        LanguageModel[] models =
        [
            RandomModels.Model(), RandomModels.Model(CellKind.Gru).Quantize(), AdaptiveModels.Model(AdaptiveModels.Weights()),
            LanguageModel.Ensemble([RandomModels.Model(), RandomModels.Model(CellKind.Elman)]),
        ];
        foreach (var model in models)
        {
            using var session = new OnnxSession(model, new() { NextWords = new() { Count = 4, Exclude = exclude, OneAtATime = false } });
            string[] words = ["w3", "w5", "w2", "w9"];
            session.Begin(1);
            AssertNext(model, "", exclude, session.Read([Vocabulary.EndOfLineId], 1));
            AssertNext(model, "w3", exclude, session.Read([model.Vocabulary.IdOf("w3")], 1));
            AssertNext(model, "w3 w5 w2 w9", exclude, session.Read([.. words[1..].Select(word => model.Vocabulary.IdOf(word))], 1));
        }
    }

    [OnnxRuntimeFact]
    public void Each_text_of_a_batch_has_next_words_of_its_own()
    {
        var model = RandomModels.Model();
        using var session = new OnnxSession(model, new() { NextWords = new() { Count = 3, OneAtATime = false } });
        session.Begin(2);
        var next = session.Read([Vocabulary.EndOfLineId, model.Vocabulary.IdOf("w3"), Vocabulary.EndOfLineId, model.Vocabulary.IdOf("w4")], batch: 2);
        var expected = model.NextWords("w3", 3).Concat(model.NextWords("w4", 3));
        Assert.Equal(expected.Select(word => (long)word.Id), (long[])next["next_words"]);
        Assert.Equal(["next_words", "probabilities"], next.Keys.Order());
    }

    [Theory]
    [InlineData(0, SpecialWords.All, "NextWords.Count is 0; it must be from 1 to 21.")]
    [InlineData(22, SpecialWords.All, "NextWords.Count is 22; it must be from 1 to 21.")]
    [InlineData(24, SpecialWords.None, "NextWords.Count is 24; it must be from 1 to 23.")]
    [InlineData(1, (SpecialWords)4, "NextWords.Exclude is 4; it must be made up of None, Unknown, EndOfLine, All.")]
    public void What_cannot_be_given_is_refused(int count, SpecialWords exclude, string fault)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => RandomModels.Model().ExportOnnx(Stream.Null, new() { NextWords = new() { Count = count, Exclude = exclude } }));
        Assert.Contains(fault, exception.Message);
    }

    [OnnxRuntimeFact]
    public void Where_a_word_is_read_at_a_time_all_sizes_are_known()
    {
        var model = RandomModels.Model();
        using var session = new OnnxSession(model, new() { NextWords = new() { Count = 3 } });
        Assert.All(session.Inputs.Values.Concat(session.Outputs.Values), value => Assert.All(value.Dimensions, size => Assert.True(size > 0)));
        session.Begin(1);
        session.Read([Vocabulary.EndOfLineId], 1);
        Assert.Equal(model.NextWords("w7", 3).Select(word => (long)word.Id), (long[])session.Read([model.Vocabulary.IdOf("w7")], 1)["next_words"]);
    }

    [Fact]
    public void Of_a_vocabulary_without_other_words_the_special_words_cannot_be_excluded()
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => RandomModels.Model(vocabulary: 2).ExportOnnx(Stream.Null, new() { NextWords = new() { Count = 1 } }));
        Assert.Contains("such that a word is left", exception.Message);
    }

    private static void AssertNext(LanguageModel model, string text, SpecialWords exclude, IReadOnlyDictionary<string, Array> next)
    {
        var expected = model.NextWords(text, 4, exclude);
        Assert.Equal(expected.Select(word => (long)word.Id), (long[])next["next_words"]);
        foreach (var (word, probability) in expected.Zip((float[])next["probabilities"])) Assert.Equal(word.Probability, probability, 1e-5);
    }
}

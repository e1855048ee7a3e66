using RnnLm.Generation;

namespace RnnLm.Tests;

/// <summary>What models of subwords are used for, in whole words.</summary>
public class SubwordUsesTests
{
    private const string Text = "the catalog sat";

    private static readonly ScoringOptions Open = new() { IncludeEndOfLine = false };

    [Fact]
    public void A_beam_ends_at_so_many_whole_words_and_its_scores_are_by_these()
    {
        var model = SubwordModels.Model(merges: 10, sharpness: 2);
        var options = new GenerationOptions { MaximumWords = 2, Exclude = SpecialWords.All, Beam = new BeamSearchOptions { Width = 6 } };
        var continuations = model.GenerateAlternatives("the", 4, options);
        Assert.Equal(4, continuations.Count);
        foreach (var continuation in continuations)
        {
            Assert.Equal(ContinuationEnd.MaximumWords, continuation.End);
            Assert.Equal(2, continuation.Words.Count(word => SubwordTokenizer.EndsWord(word.Word)));
            Assert.True(SubwordTokenizer.EndsWord(continuation.Words[^1].Word));
            Assert.Equal(continuation.Words.Sum(word => word.LogProbability), continuation.LogProbability, 1e-4);
            Assert.Equal(continuation.LogProbability / 2, continuation.Score, 1e-4);
        }
    }

    [Theory]
    [InlineData(" the", 4)]
    [InlineData("the", 3)]
    [InlineData(" bathe", null)]
    [InlineData(" then", null)]
    public void A_stop_text_is_found_with_a_space_before_it_and_without_and_never_inside_a_word(string text, int? cut)
    {
        var model = SubwordModels.Model(merges: 0);
        var endings = new Endings(new GenerationOptions { StopBefore = ["the"] }, model.Tokenizer, model.Vocabulary);
        int[] ids = [.. model.Tokenizer.Tokenize(text).Select(piece => model.Vocabulary.IdOf(piece))];
        var tail = ids.AsSpan(Math.Max(0, ids.Length - 1 - endings.Reach), Math.Min(ids.Length - 1, endings.Reach));
        Assert.Equal(cut, endings.At(default, tail, ids[^1])?.Cut);
    }

    [Fact]
    public void Entropies_of_pieces_add_up_and_a_word_of_several_has_no_rank()
    {
        var model = SubwordModels.Model();
        var score = model.Score(Text, new ScoringOptions { IncludeRanks = true, IncludeEntropies = true });
        Assert.Equal(["the", "catalog", "sat", "<eos>"], score.Words.Select(word => word.Word));
        Assert.All(score.Pieces, piece => Assert.NotNull(piece.Rank));
        Assert.Null(score.Words[1].Rank);
        Assert.Equal(score.Pieces.Sum(piece => piece.Entropy!.Value), score.Words.Sum(word => word.Entropy!.Value), 1e-9);
        Assert.Equal(Text.Length + 1, score.CharacterCount);
        Assert.Equal(-score.LogProbability / Math.Log(2) / 4, score.BitsPerWord, 1e-9);
    }

    [Fact]
    public void A_gap_is_filled_with_whole_words_by_the_probability_of_the_whole_text()
    {
        var model = SubwordModels.Model(sharpness: 2);
        foreach (var filled in (FilledGap[])[model.Fill("the ___ sat", ["catalog", "cat", "x y"]), model.Fill("the ___ sat"), model.Fill(["the", "___", "sat"])])
        {
            foreach (var candidate in filled)
            {
                Assert.Equal($"the {candidate.Words} sat", candidate.Text);
                Assert.Equal(model.Score(candidate.Text).LogProbability, candidate.LogProbability, 1e-3);
            }
        }
        Assert.True(model.Fill("the ___ sat", ["catalog", "cat"]).IsExact);
        Assert.False(model.Fill("the ___ sat").IsExact);
    }

    [Fact]
    public void An_explanation_leaves_out_whole_words()
    {
        var model = SubwordModels.Model();
        var explanation = model.Explain(Text, new ExplanationOptions { Word = "mat" });
        Assert.Equal("mat", explanation.Word);
        Assert.Equal(["the", "catalog", "sat"], explanation.Words.Select(word => word.Word));
        Assert.Equal([0, 1, 2], explanation.Words.Select(word => word.Position));
        Assert.Equal(LastOf($"{Text} mat"), explanation.LogProbability, 1e-4);
        Assert.Equal(LastOf($"{Text} mat") - LastOf("the sat mat"), explanation.Words[1].Nats, 1e-4);
        Assert.Equal(LastOf($"{Text} mat") - LastOf("the catalog mat"), explanation.Words[2].Nats, 1e-4);
        Assert.Equal(model.NextWord(Text), model.Explain(Text).Word);
        Assert.Equal("sat", Assert.Single(model.Explain(Text, new ExplanationOptions { LastWords = 1 }).Words).Word);

        double LastOf(string text) => model.Score(text, Open).Words[^1].LogProbability;
    }

    [Fact]
    public void There_is_an_embedding_for_each_whole_word()
    {
        var model = SubwordModels.Model();
        var embeddings = model.EmbedWords(Text);
        Assert.Equal(3, embeddings.Count);
        Assert.Equal(model.Embed(Text), embeddings[2]);
        Assert.Equal(model.Embed("the catalog"), embeddings[1]);
        Assert.Equal(model.Embed(Text, new EmbeddingOptions()), model.Embed(["the", "catalog", "sat"]));
    }
}

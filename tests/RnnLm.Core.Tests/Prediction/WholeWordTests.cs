using RnnLm.Text;

namespace RnnLm.Tests.Prediction;

/// <summary>Whole words of models of subwords, against all rows of pieces that there are.</summary>
public class WholeWordTests
{
    // Of bytes alone, these make a word of several pieces more probable than most others.
    private static readonly string[] Favoured = ["Ġ", "c", "a", "t</w>", "s</w>"];

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 1, "Ġ", "c", "a", "t</w>", "s</w>")]
    public void The_next_words_are_those_that_a_look_at_every_row_of_pieces_finds(int seed, float sharpness, params string[] favoured)
    {
        var model = SubwordModels.Model(merges: favoured.Length == 0 ? 30 : 0, seed: seed, sharpness: sharpness, favoured: favoured);
        foreach (var prompt in (string[])["", "the", "the cat sat on the"])
        {
            var predicted = model.NextWords(prompt, 12);
            Assert.Equal(12, predicted.Count);
            var expected = AllWords(model, prompt, predicted[^1].Probability * 0.999);
            Assert.Equal(expected.Select(word => word.Word).Take(12), predicted.Select(word => word.Word));
            foreach (var (word, probability) in expected.Take(12)) Assert.Equal(probability, predicted.Single(found => found.Word == word).Probability, probability * 1e-4);
            Assert.True(predicted.Sum(word => word.Probability) <= 1 + 1e-6);
        }
    }

    [Fact]
    public void Words_of_several_pieces_are_found_and_are_as_probable_as_their_score_says()
    {
        var several = 0;
        var model = SubwordModels.Model(merges: 0, favoured: Favoured);
        // At the beginning of a line nothing before a word makes another of it.
        foreach (var word in model.NextWords("", 20).Where(word => char.IsAsciiLetter(word.Word[0])))
        {
            var text = model.Tokenizer.Join(word.PieceIds.Select(id => model.Vocabulary[id]));
            var score = Assert.Single(model.Score(text, new ScoringOptions { IncludeEndOfLine = false }).Words);
            Assert.Equal(word.Word, score.Word);
            Assert.Equal(Math.Log(word.Probability), score.LogProbability, 1e-4);
            Assert.Equal(word.PieceIds.Count == 1 ? word.PieceIds[0] : -1, word.Id);
            Assert.Equal(word.Id, score.Id);
            if (word.PieceIds.Count > 1) several++;
        }
        Assert.True(several > 4, $"{several} words of several pieces were among the first.");
    }

    [Fact]
    public void Special_words_are_next_words_where_they_are_not_excluded()
    {
        var model = SubwordModels.Model();
        var all = model.NextWords("the", 400, SpecialWords.None);
        var special = all.Where(word => word.Id is Vocabulary.UnknownId or Vocabulary.EndOfLineId).ToDictionary(word => word.Word, word => word.Probability);
        Assert.Equal(all.EndOfLineProbability, special["<eos>"], 1e-6);
        Assert.Equal(all.UnknownProbability, special["<unk>"], 1e-6);
        Assert.DoesNotContain(model.NextWords("the", 400), word => word.Word is "<unk>" or "<eos>");
    }

    [Fact]
    public void One_by_one_and_many_at_once_are_the_same_and_so_is_the_first_word()
    {
        var model = SubwordModels.Model(sharpness: 3);
        string[] prompts = ["", "the", "the cat ", "我 🙂"];
        var many = model.NextWordsMany(prompts, 6, batch: new BatchOptions { Threads = 2 });
        for (var i = 0; i < prompts.Length; i++)
        {
            Assert.Equal(model.NextWords(prompts[i], 6).Select(word => (word.Word, word.Probability)), many[i].Select(word => (word.Word, word.Probability)));
            Assert.Equal(many[i][0].Word, model.NextWord(prompts[i]));
        }
    }

    [Fact]
    public void Pieces_are_there_for_whoever_wants_them()
    {
        var model = SubwordModels.Model();
        var pieces = model.NextPieces("the cat", 3);
        Assert.All(pieces, piece => Assert.Equal(piece.Word, model.Vocabulary[piece.Id]));
        Assert.Equal(model.NextWordId(model.Start("the cat")), pieces[0].Id);
        var whole = RandomModels.Model();
        Assert.Equal(whole.NextWords("w3 w4", 3).Select(word => word.Word), whole.NextPieces("w3 w4", 3).Select(word => word.Word));
    }

    [Fact]
    public void The_white_space_at_the_end_of_a_prompt_is_that_of_the_next_word()
    {
        var model = SubwordModels.Model();
        Assert.Equal(model.NextWords("the cat").ToString(), model.NextWords("the cat  ").ToString());
        Assert.Equal(model.Score("the cat").LogProbability, model.Score("the cat ").LogProbability);
        var options = new GenerationOptions { MaximumWords = 3, Exclude = SpecialWords.All };
        var behind = string.Concat(model.GenerateText("the cat", options));
        Assert.Equal(behind.StartsWith(' ') ? behind[1..] : behind, string.Concat(model.GenerateText("the cat ", options)));
    }

    [Fact]
    public void Words_can_be_read_as_they_were_predicted_as_text_and_in_lists()
    {
        var model = SubwordModels.Model(sharpness: 3);
        var text = model.Start("the cat, saw the mat").Output.ToArray();
        Assert.Equal(text, model.Start(["the", "cat", ",", "saw", "the", "mat"]).Output.ToArray());
        Assert.Equal(text, model.Start(model.Tokenizer.Tokenize("the cat, saw the mat")).Output.ToArray());
        Assert.Equal(model.Score("the cat, saw").LogProbability, model.Score(["the", "cat", ",", "saw"]).LogProbability);
        var state = model.Start("the");
        foreach (var word in (string[])["cat", ",", "saw", "the", "mat"]) model.Read(state, word);
        Assert.Equal(text, state.Output.ToArray());

        model = SubwordModels.Model(merges: 0, favoured: Favoured);
        var predicted = model.NextWords("the", 10).First(word => word.PieceIds.Count > 1);
        var (one, other) = (model.Start("the"), model.Start("the"));
        model.Read(one, predicted);
        foreach (var id in predicted.PieceIds) model.Network.Step(id, other);
        Assert.Equal(other.Output.ToArray(), one.Output.ToArray());
    }

    [Fact]
    public void A_score_adds_up_the_pieces_of_each_word()
    {
        var model = SubwordModels.Model();
        var score = model.Score("the catalog, 我 x");
        Assert.Equal(["the", "catalog", ",", "我", "x", "<eos>"], score.Words.Select(word => word.Word));
        Assert.Equal(model.Tokenizer.Tokenize("the catalog, 我 x").Append("<eos>"), score.Pieces.Select(piece => piece.Word));
        Assert.Equal(score.Pieces.Sum(piece => piece.LogProbability), score.LogProbability, 1e-9);
        Assert.Equal(6, score.Count);
        Assert.Equal(0, score.UnknownCount);
        Assert.Equal(Math.Exp(-score.LogProbability / 6), score.Perplexity, 1e-9);
        Assert.Equal(Math.Exp(-score.LogProbability / score.Pieces.Count), score.PiecePerplexity, 1e-9);
        var place = 0;
        foreach (var word in score.Words)
        {
            var sum = 0.0;
            do sum += score.Pieces[place].LogProbability;
            while (place + 1 < score.Pieces.Count && !SubwordTokenizer.EndsWord(score.Pieces[place++].Word));
            if (word.Word == "<eos>") break;
            Assert.Equal(sum, word.LogProbability, 1e-9);
        }
        Assert.Equal(score.Words.Select(word => word.LogProbability), model.ScoreMany(["the catalog, 我 x"])[0].Words.Select(word => word.LogProbability));
    }

    [Fact]
    public void An_evaluation_is_by_word_and_says_what_it_is_by_piece()
    {
        var model = SubwordModels.Model();
        string[] lines = ["the catalog, a cat", "", "x"];
        var text = TokenStream.Encode(model.Tokenizer, model.Vocabulary, lines);
        var metrics = model.EvaluateLinesApart(text);
        Assert.Equal(5 + 1 + 1 + 2, metrics.Words);
        Assert.Equal(text.Count, metrics.Pieces);
        var sum = lines.Sum(line => model.Score(line).LogProbability);
        Assert.Equal(-sum / metrics.Words, metrics.CrossEntropy, 1e-5);
        Assert.Equal(Math.Exp(-sum / text.Count), metrics.PiecePerplexity, 1e-3);
        Assert.Contains("9 words of ", metrics.ToString(), StringComparison.Ordinal);
        var whole = RandomModels.Model().Evaluate(TokenStream.Encode(Tokenizer.Whitespace, RandomModels.Words(23), ["w3 w4"]));
        Assert.Equal((whole.Words, whole.Perplexity), (whole.Pieces, whole.PiecePerplexity));
    }

    [Fact]
    public void A_continuation_has_as_many_whole_words_as_it_may_and_ends_with_one()
    {
        var model = SubwordModels.Model(merges: 10, sharpness: 2);
        var words = model.GenerateWords("the", new GenerationOptions { MaximumWords = 5, StopAtEndOfLine = false, Exclude = SpecialWords.All, Sampling = new SamplingOptions { Seed = 3 } }).ToList();
        Assert.Equal(5, words.Count(word => SubwordTokenizer.EndsWord(word.Word)));
        Assert.True(SubwordTokenizer.EndsWord(words[^1].Word));
    }

    [Fact]
    public void A_model_without_a_piece_of_its_tokenizer_cannot_be()
    {
        var model = SubwordModels.Model();
        var vocabulary = new Vocabulary([.. model.Vocabulary.Take(model.Vocabulary.Count - 1), "other"]);
        var fault = Assert.Throws<ArgumentException>(() => new LanguageModel(model.Tokenizer, vocabulary, model.Network.Weights));
        Assert.Contains($"lacks \"{model.Vocabulary[^1]}\"", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>Every whole word that is at least so probable, the most probable first: all rows of pieces are looked at but those of which a part is less probable already.</summary>
    private static List<(string Word, double Probability)> AllWords(LanguageModel model, string prompt, double least)
    {
        var tokenizer = (SubwordTokenizer)model.Tokenizer;
        var best = new Dictionary<string, double>();
        Look(model.Start(prompt), [], 0);
        return [.. best.OrderByDescending(word => word.Value).Select(word => (word.Key, word.Value))];

        void Look(RecurrentState state, string[] pieces, double logProbability)
        {
            var distribution = new float[model.Vocabulary.Count];
            model.LogProbabilities(state, distribution);
            for (var id = 2; id < distribution.Length; id++)
            {
                var sum = logProbability + distribution[id];
                if (Math.Exp(sum) < least) continue;
                string[] longer = [.. pieces, model.Vocabulary[id]];
                if (!SubwordTokenizer.EndsWord(longer[^1]))
                {
                    var next = state.Clone();
                    model.Network.Step(id, next);
                    Look(next, longer, sum);
                    continue;
                }
                var text = tokenizer.Join(longer);
                if (!tokenizer.Tokenize(text).SequenceEqual(longer) || text.Trim().Length == 0) continue;
                var word = text[SpacedWordTokenizer.LengthOfSpace(text)..];
                if (word.Length > 0) best[word] = Math.Max(best.GetValueOrDefault(word), Math.Exp(sum));
            }
        }
    }
}

using Microsoft.ML;

namespace RnnLm.Transforms.Tests;

/// <summary>The columns of a model of subwords that are of whole words, of text, words and keys.</summary>
public sealed class SubwordColumnTests
{
    private static readonly string[] Texts = ["The cat sat on the mat .", "the zebra, 我 x", "", "Dog", "A bird\nsang  in"];

    private static readonly Lazy<LanguageModel> Trained = new(Train);

    private readonly MLContext mlContext = new(seed: 1);

    private static LanguageModel Model => Trained.Value;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Words_of_a_row_have_the_scores_and_ranks_that_the_model_gives_them(bool afterLoad)
    {
        var data = mlContext.View(Texts);
        ITransformer pipeline = mlContext.LanguageModeling.FromModel(Model, Columns("Text")).Fit(data);
        if (afterLoad) pipeline = mlContext.SaveAndLoad(pipeline, data);
        AssertScores(pipeline.Transform(data), [.. Texts.Select(text => Model.Score(text, ScoringOptions))]);
    }

    [Fact]
    public void The_pieces_of_a_word_are_added_up_and_a_word_of_several_has_no_rank()
    {
        var rows = mlContext.LanguageModeling.FromModel(Model, Columns("Text")).Fit(mlContext.View("a")).Transform(mlContext.View("The zebra"));
        var pieces = Model.Tokenizer.Tokenize("The zebra");
        var state = Model.Start();
        var logProbabilities = pieces.Select(piece =>
        {
            var id = Model.Vocabulary.IdOf(piece);
            var logProbability = Model.NextPieces(state, Model.Vocabulary.Count, SpecialWords.None).Single(next => next.Id == id).Probability;
            Model.Network.Step(id, state);
            return Math.Log(logProbability);
        }).ToArray();
        var first = pieces.TakeWhile(piece => !SubwordTokenizer.EndsWord(piece)).Count() + 1;

        Assert.Equal(["The", "zebra", "<eos>"], rows.Column<string[]>("Words").Single());
        var scores = rows.Column<float[]>("WordLogProbabilities").Single();
        Assert.Equal([logProbabilities[..first].Sum(), logProbabilities[first..].Sum()], scores[..2].Select(score => (double)score), (x, y) => Math.Abs(x - y) < 1e-4);
        Assert.True(pieces.Count - first > 1);
        Assert.True(float.IsNaN(rows.Column<float[]>("WordRanks").Single()[1]));
    }

    [Theory]
    [InlineData(InfluenceMethod.LeaveOneOut)]
    [InlineData(InfluenceMethod.UnknownWord)]
    [InlineData(InfluenceMethod.GradientTimesInput)]
    public void Reasons_are_of_whole_words(InfluenceMethod method)
    {
        var data = mlContext.View(Texts);
        var columns = new LanguageModelColumns
        {
            NextWordColumnName = null,
            InfluencingWordsColumnName = "Influencing",
            InfluencesColumnName = "Influences",
            ExplainedWordColumnName = "Explained",
            Reasons = new ReasonColumnOptions { Method = method },
        };
        var rows = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(Model, columns).Fit(data), data).Transform(data);

        var options = new ExplanationOptions
        {
            Method = method == InfluenceMethod.GradientTimesInput ? new GradientTimesInput() : new LeaveOneOut { KeepsPlace = method == InfluenceMethod.UnknownWord },
        };
        Explanation[] explanations = [.. Texts.Select(text => Model.Explain(text, options))];
        Assert.Equal(["the", "zebra", ",", "我", "x"], explanations[1].Words.Select(word => word.Word));
        Assert.Equal(explanations.Select(explanation => explanation.Word), rows.Column<string>("Explained"));
        Assert.Equal(explanations.Select(explanation => explanation.Words.Select(word => word.Word)), rows.Column<string[]>("Influencing"));
        Assert.Equal(explanations.Select(explanation => explanation.Words.Select(word => (float)word.Nats)), rows.Column<float[]>("Influences"));
        Assert.Contains(rows.Column<float[]>("Influences"), influences => influences.Any(nats => Math.Abs(nats) > 1e-3));
    }

    [Theory]
    [InlineData("Words")]
    [InlineData("Keys")]
    public void Whole_words_and_keys_of_them_have_the_columns_of_the_text_that_they_are(string input)
    {
        var text = mlContext.View(Sample.Lines);
        var rows = WordsAndKeys([.. Sample.Lines.Select(line => line.Split(' '))]);
        var columns = Columns("Text");
        columns.FeaturesColumnName = "Features";
        var expected = mlContext.LanguageModeling.FromModel(Model, columns).Fit(text).Transform(text);
        columns.InputColumnName = input;

        var transformed = mlContext.SaveAndLoad(mlContext.LanguageModeling.FromModel(Model, columns).Fit(rows), rows).Transform(rows);

        // The full stops of the lines stand behind a space, which words joined have not.
        string[] spaced = [.. Sample.Lines.Select(line => line.Replace(" .", ".", StringComparison.Ordinal))];
        AssertScores(transformed, [.. spaced.Select(line => Model.Score(line, ScoringOptions))]);
        Assert.Equal(expected.Column<int>("WordCount"), transformed.Column<int>("WordCount"));
        Assert.Equal(expected.Column<string[]>("Words"), transformed.Column<string[]>("Words"));
        Assert.All(transformed.Column<int>("UnknownWordCount"), count => Assert.Equal(0, count));
        Assert.Equal(spaced.Select(line => Model.Embed(line)), transformed.Column<float[]>("Features"));
    }

    [Fact]
    public void A_key_that_is_missing_is_one_unknown_word_between_whole_ones()
    {
        var known = WordsAndKeys([["The", "cat", "sat"]]);
        var toKeys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(known);
        var rows = toKeys.Transform(mlContext.ViewOfWords(["The", "zebra", "sat"], ["zebra", "zebra"], ["cat", "zebra"], []));

        var transformed = mlContext.LanguageModeling.FromModel(Model, Columns("Keys")).Fit(rows).Transform(rows);

        string[][] words = [["The", "<unk>", "sat", "<eos>"], ["<unk>", "<unk>", "<eos>"], ["cat", "<unk>", "<eos>"], ["<eos>"]];
        Assert.Equal(words, transformed.Column<string[]>("Words"));
        Assert.Equal(words.Select(row => row.Length), transformed.Column<int>("WordCount"));
        Assert.Equal(words.Select(row => row.Length), transformed.Column<float[]>("WordLogProbabilities").Select(row => row.Length));
        Assert.Equal(words.Select(row => row.Length), transformed.Column<float[]>("WordRanks").Select(row => row.Length));
        Assert.Equal([1, 2, 1, 0], transformed.Column<int>("UnknownWordCount"));
        Assert.Equal([true, true, true, false], transformed.Column<float>("BitsPerCharacter").Select(float.IsNaN));
        // What stands behind it is read as in a text, with the space before it.
        var state = Model.Start("The");
        Model.Network.Step(Vocabulary.UnknownId, state);
        var sat = Model.Tokenizer.Tokenize("a sat").Skip(1).Sum(piece =>
        {
            var id = Model.Vocabulary.IdOf(piece);
            var probability = Model.NextPieces(state, Model.Vocabulary.Count, SpecialWords.None).Single(next => next.Id == id).Probability;
            Model.Network.Step(id, state);
            return Math.Log(probability);
        });
        Assert.Equal(sat, transformed.Column<float[]>("WordLogProbabilities")[0][2], 1e-4);
    }

    [Fact]
    public void Keys_of_pieces_are_read_as_they_are()
    {
        string[][] rows = [.. Sample.Lines.Select(line => Model.Tokenizer.Tokenize(line).ToArray())];
        var keys = WordsAndKeys(rows);
        var transformed = mlContext.LanguageModeling.FromModel(Model, Columns("Keys")).Fit(keys).Transform(keys);
        AssertScores(transformed, [.. Sample.Lines.Select(line => Model.Score(line, ScoringOptions))]);

        // One that is missing in the middle of them is an unknown word.
        var toKeys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(mlContext.ViewOfWords(rows));
        var others = toKeys.Transform(mlContext.ViewOfWords([rows[0][0], "?", .. rows[0][1..]]));
        Assert.Equal([1], mlContext.LanguageModeling.FromModel(Model, Columns("Keys")).Fit(others).Transform(others).Column<int>("UnknownWordCount"));
    }

    private static ScoringOptions ScoringOptions => new() { IncludeRanks = true, IncludeEntropies = true };

    private static LanguageModel Train()
    {
        var mlContext = new MLContext(seed: 1);
        var options = Sample.FullOptions();
        options.NextWordKeyColumnName = null;
        options.Subwords = new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary + 20 };
        return mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines)).Model;
    }

    private static LanguageModelColumns Columns(string input) => new()
    {
        InputColumnName = input,
        NextWordColumnName = null,
        LogProbabilityColumnName = "LogProbability",
        WordCountColumnName = "WordCount",
        UnknownWordCountColumnName = "UnknownWordCount",
        BitsPerWordColumnName = "BitsPerWord",
        BitsPerCharacterColumnName = "BitsPerCharacter",
        WordsColumnName = input == "Words" ? "Scored" : "Words",
        WordLogProbabilitiesColumnName = "WordLogProbabilities",
        WordRanksColumnName = "WordRanks",
        WordEntropiesColumnName = "WordEntropies",
    };

    private static void AssertScores(IDataView rows, TextScore[] scores)
    {
        var wordsColumn = rows.Schema.GetColumnOrNull("Scored") is null ? "Words" : "Scored";
        Assert.Equal(scores.Select(score => score.Words.Select(word => word.Word)), rows.Column<string[]>(wordsColumn));
        Assert.Equal(scores.Select(score => score.Count), rows.Column<int>("WordCount"));
        Assert.Equal(scores.Select(score => (float)score.LogProbability), rows.Column<float>("LogProbability"), Near);
        Assert.Equal(scores.Select(score => (float)score.BitsPerWord), rows.Column<float>("BitsPerWord"), Near);
        Assert.Equal(scores.Select(score => (float)score.BitsPerCharacter), rows.Column<float>("BitsPerCharacter"), Near);
        for (var row = 0; row < scores.Length; row++)
        {
            var words = scores[row].Words;
            Assert.Equal(words.Select(word => (float)word.LogProbability), rows.Column<float[]>("WordLogProbabilities")[row], Near);
            Assert.Equal(words.Select(word => (float?)word.Rank ?? float.NaN), rows.Column<float[]>("WordRanks")[row], Near);
            Assert.Equal(words.Select(word => (float)word.Entropy!.Value), rows.Column<float[]>("WordEntropies")[row], Near);
        }
    }

    private static bool Near(float x, float y) => float.IsNaN(x) ? float.IsNaN(y) : Math.Abs(x - y) <= 1e-4 * Math.Max(1, Math.Abs(x));

    private IDataView WordsAndKeys(string[][] rows)
    {
        var words = mlContext.ViewOfWords(rows);
        return mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(words).Transform(words);
    }
}

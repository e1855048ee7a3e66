using Microsoft.ML;
using Microsoft.ML.Data;

namespace RnnLm.Transforms.Tests;

public sealed class InputTests
{
    private readonly MLContext mlContext = new(seed: 1);

    [Fact]
    public void Text_words_and_keys_of_the_same_lines_give_the_same_model()
    {
        var data = mlContext.View(Sample.Lines);
        var fromText = Fit(data, "Text", Tokenizer.Whitespace);

        var words = mlContext.Transforms.Text.TokenizeIntoWords("Words", "Text").Fit(data).Transform(data);
        var fromWords = Fit(words, "Words");

        var keys = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words").Fit(words).Transform(words);
        var fromKeys = Fit(keys, "Keys");

        var plainKeys = mlContext.Transforms.Conversion.MapValueToKey("PlainKeys", "Words").Fit(words).Transform(words);
        var fromPlainKeys = Fit(plainKeys, "PlainKeys");

        var expected = fromText.Transform(data).Column<float>("LogProbability");
        Assert.Equal(expected, fromWords.Transform(words).Column<float>("LogProbability"));
        Assert.Equal(expected, fromKeys.Transform(keys).Column<float>("LogProbability"));
        Assert.Equal(expected, fromPlainKeys.Transform(plainKeys).Column<float>("LogProbability"));
    }

    [Fact]
    public void A_vector_of_known_size_may_be_filled_up_with_empty_words()
    {
        var schema = SchemaDefinition.Create(typeof(WordsRow));
        schema["Words"].ColumnType = new VectorDataViewType(TextDataViewType.Instance, 4);
        string[][] filled = [["the", "cat", "", ""], ["", "the", "dog", "sat"], ["a", "", "cat", ""]];
        var known = mlContext.Data.LoadFromEnumerable(filled.Select(words => new WordsRow { Words = words }), schema);
        var varying = mlContext.ViewOfWords([.. filled.Select(words => words.Where(word => word.Length > 0).ToArray())]);

        var model = Fit(known, "Words");

        Assert.Equal(Fit(varying, "Words").Transform(varying).Column<float>("LogProbability"), model.Transform(known).Column<float>("LogProbability"));
        Assert.Equal([3, 4, 3], model.Transform(known).Column<int>("WordCount"));
    }

    [Fact]
    public void Keys_of_the_vocabulary_estimator_bring_their_vocabulary_as_it_is()
    {
        var data = mlContext.ViewOfWords(["the", "cat"], ["the", "dog"], ["the", "cat", "sat"]);
        var keys = mlContext.LanguageModeling.MapWordsToKeys("Keys", "Words", new VocabularyOptions { MinimumCount = 2 }).Fit(data).Transform(data);
        var options = Sample.FullOptions("Keys");
        options.Training.BatchSize = 1;
        options.Vocabulary.MaximumSize = 3;

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(keys);

        Assert.Equal(["<unk>", "<eos>", "the", "cat"], model.Model.Vocabulary);
        Assert.Equal([0, 1, 1], model.Transform(keys).Column<int>("UnknownWordCount"));
    }

    [Fact]
    public void Keys_of_other_makers_have_a_vocabulary_made_for_them()
    {
        var data = mlContext.ViewOfWords(["the", "cat"], ["the", "dog"], ["the", "cat", "sat"]);
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(data).Transform(data);
        var options = Sample.FullOptions("Keys");
        options.Training.BatchSize = 1;
        options.Vocabulary.MinimumCount = 2;

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(keys);

        Assert.Equal(["<unk>", "<eos>", "the", "cat"], model.Model.Vocabulary);
    }

    [Fact]
    public void A_key_that_is_missing_is_the_unknown_word()
    {
        var data = mlContext.ViewOfWords(["the", "cat"], ["the", "dog"], ["the", "cat", "sat"]);
        var toKeys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words").Fit(data);
        var options = Sample.FullOptions("Keys");
        options.Training.BatchSize = 1;
        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(toKeys.Transform(data));

        var data2 = toKeys.Transform(mlContext.ViewOfWords(["the", "zebra", "cat"], ["xqzzy", "the", "xqzzy"]));
        var scored = model.Transform(data2);

        Assert.Equal([4, 4], scored.Column<int>("WordCount"));
        Assert.Equal([1, 2], scored.Column<int>("UnknownWordCount"));
        string[] texts = ["the zebra cat", "xqzzy the xqzzy"];
        Assert.Equal(texts.Select(text => (float)model.Model.Score(text).LogProbability), scored.Column<float>("LogProbability"));
        Assert.Equal(texts.Select(text => model.Model.NextWord(text)), scored.Column<string>("NextWord"));
        var metrics = mlContext.LanguageModeling.Evaluate(model, data2);
        Assert.Equal((8, 3), (metrics.Words, metrics.Unknown));
    }

    [Fact]
    public void A_key_that_is_missing_is_an_unknown_word_in_training_too()
    {
        var data = mlContext.ViewOfWords(["the", "cat", "saw", "the"], ["the", "dog"], ["a", "cat", "saw", "the", "dog"]);
        var keys = mlContext.Transforms.Conversion.MapValueToKey("Keys", "Words", maximumNumberOfKeys: 3).Fit(data).Transform(data);
        var log = new List<string>();
        mlContext.Log += (_, message) => log.Add(message.RawMessage);
        var options = Sample.FullOptions("Keys");
        options.Training.BatchSize = 1;

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, keys).Fit(keys);

        Assert.Equal(["<unk>", "<eos>", "the", "cat", "saw"], model.Model.Vocabulary);
        Assert.Contains("Read 3 rows, 14 words with the end-of-line words; the vocabulary has 5 words, and 3 are outside it.", log);
        var metrics = mlContext.LanguageModeling.Evaluate(model, keys);
        Assert.Equal((14, 3), (metrics.Words, metrics.Unknown));
        Assert.Equal(model.Result!.BestValidationPerplexity!.Value, metrics.Perplexity, metrics.Perplexity * 1e-5);
    }

    [Fact]
    public void Null_and_empty_rows_are_left_out_of_training_and_counted_in_the_log()
    {
        var lines = new List<string>();
        mlContext.Log += (_, message) => lines.Add(message.RawMessage);
        string?[] texts = [.. Sample.Lines.SelectMany(line => new[] { line, null, "", "   " })];

        var gaps = Fit(mlContext.View(texts), "Text");
        var whole = Fit(mlContext.View(Sample.Lines), "Text");

        var data = mlContext.View(Sample.Lines);
        Assert.Equal(whole.Transform(data).Column<float>("LogProbability"), gaps.Transform(data).Column<float>("LogProbability"));
        Assert.Contains("36 rows of the training data were skipped, since they are null, empty or without a word.", lines);
    }

    [Fact]
    public void Empty_rows_are_blank_lines_where_that_is_asked_for()
    {
        var options = Sample.FullOptions();
        options.SkipEmptyRows = false;
        var lines = new List<string>();
        mlContext.Log += (_, message) => lines.Add(message.RawMessage);

        mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View([.. Sample.Lines, null, ""]));

        Assert.Contains(lines, line => line.StartsWith("Read 14 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_null_row_predicts_how_a_line_begins()
    {
        var model = Fit(mlContext.View(Sample.Lines), "Text");

        var predicted = model.Transform(mlContext.View(null, ""));

        Assert.All(predicted.Column<string>("NextWord"), word => Assert.Equal(model.Model.NextWord(""), word));
        Assert.Equal([1, 1], predicted.Column<int>("WordCount"));
    }

    [Fact]
    public void The_last_rows_are_held_out_and_their_words_stay_outside_the_vocabulary()
    {
        var options = Sample.FullOptions();
        options.ValidationFraction = 0.25;
        string[] texts = [.. Sample.Lines, "unseen one", "unseen two", "unseen three", "unseen four"];

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(texts));

        Assert.DoesNotContain("unseen", model.Model.Vocabulary);
        Assert.NotNull(model.Result!.BestValidationPerplexity);
        var metrics = mlContext.LanguageModeling.Evaluate(model, mlContext.View(texts[12..]));
        Assert.Equal(model.Result.BestValidationPerplexity.Value, metrics.Perplexity, model.Result.BestValidationPerplexity.Value * 1e-5);
    }

    [Theory]
    [InlineData(0.01, 11)]
    [InlineData(0.5, 6)]
    [InlineData(0.99, 1)]
    public void A_share_held_out_leaves_at_least_a_row_on_either_side(double fraction, int learned)
    {
        var options = Sample.FullOptions();
        options.ValidationFraction = fraction;
        options.Training.BatchSize = 1;
        var log = new List<string>();
        mlContext.Log += (_, message) => log.Add(message.RawMessage);

        mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(Sample.Lines));

        Assert.Contains(log, line => line.StartsWith($"Read {(learned == 1 ? "1 row" : $"{learned} rows")},", StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_that_is_never_the_same_twice_is_read_once_and_split_after()
    {
        var readings = 0;
        IEnumerable<TextRow> Rows()
        {
            // Were the rows counted first, the count would be another: 100, then 50.
            var count = 100 / ++readings;
            for (var row = 0; row < count; row++) yield return new TextRow { Text = $"{Sample.Lines[row % 12]}{(row % 3 == 0 ? "\nOne more" : "")}" };
        }
        var options = Sample.FullOptions();
        options.ValidationFraction = 0.1;
        var log = new List<string>();
        mlContext.Log += (_, message) => log.Add(message.RawMessage);

        mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.Data.LoadFromEnumerable(Rows()));

        Assert.Equal(1, readings);
        // Ninety rows; a line break does not make two of one.
        Assert.Contains(log, line => line.StartsWith("Read 90 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_held_out_is_what_would_be_given_as_validation_data()
    {
        string[] texts = [.. Sample.Lines, "", "unseen one", " ", "the unseen two"];
        foreach (var skip in new[] { true, false })
        {
            var options = Sample.FullOptions();
            (options.SkipEmptyRows, options.Training.Seed) = (skip, 1);
            var given = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options, mlContext.View(texts[12..])).Fit(mlContext.View(texts[..12]));
            options.ValidationFraction = 0.25;
            var heldOut = mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(mlContext.View(texts));

            Assert.Equal(given.Model.Vocabulary, heldOut.Model.Vocabulary);
            Assert.Equal(given.Result!.Epochs.Select(epoch => epoch.ValidationPerplexity), heldOut.Result!.Epochs.Select(epoch => epoch.ValidationPerplexity));
            Assert.Equal(given.Result.Epochs.Select(epoch => epoch.TrainingPerplexity), heldOut.Result.Epochs.Select(epoch => epoch.TrainingPerplexity));
        }
    }

    [Fact]
    public void Validation_data_compares_the_epochs()
    {
        var held = mlContext.View(Sample.Lines[..4]);

        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions(), held).Fit(mlContext.View(Sample.Lines));

        var metrics = mlContext.LanguageModeling.Evaluate(model, held);
        Assert.Equal(model.Result!.BestValidationPerplexity!.Value, metrics.Perplexity, metrics.Perplexity * 1e-5);
    }

    [Fact]
    public void The_input_column_is_read_once_and_no_other_column_is_read()
    {
        var read = new List<string>();
        var watched = mlContext.Data.LoadFromEnumerable(Watched());

        mlContext.LanguageModeling.Trainers.RecurrentNetwork(Sample.FullOptions()).Fit(watched);

        Assert.Equal(Sample.Lines, read);

        IEnumerable<WatchedRow> Watched()
        {
            foreach (var line in Sample.Lines) yield return new WatchedRow(read, line);
        }
    }

    private LanguageModelTransformer Fit(IDataView data, string column, Tokenizer? tokenizer = null)
    {
        var options = Sample.FullOptions(column);
        options.Tokenizer = tokenizer;
        options.Training.BatchSize = 2;
        options.Training.Window = 3;
        return mlContext.LanguageModeling.Trainers.RecurrentNetwork(options).Fit(data);
    }

    private sealed class WatchedRow(List<string> read, string text)
    {
        public WatchedRow()
            : this([], "")
        {
        }

        public string Text
        {
            get
            {
                read.Add(text);
                return text;
            }
            set => throw new NotSupportedException(value);
        }

        public float Number
        {
            get => throw new InvalidOperationException("This column is not to be read.");
            set => throw new NotSupportedException($"{value}");
        }
    }
}

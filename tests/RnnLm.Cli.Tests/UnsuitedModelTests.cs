using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Flags that a model or a vocabulary cannot follow are wrong usage with every command, and refused before standard input is waited for, or anything is written.</summary>
public sealed class UnsuitedModelTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    [Theory]
    [InlineData("generate MODEL --stop zebra", "--stop has \"zebra\"")]
    [InlineData("generate MODEL --stop-after zebra --json", "--stop-after has \"zebra\"")]
    [InlineData("generate MODEL --beam 2 --alternatives 2 --stop zebra", "--stop has \"zebra\"")]
    [InlineData("embed MODEL --layers 5", "--layers is 5")]
    [InlineData("embed MODEL --layers 5 --by-word", "--layers is 5")]
    [InlineData("embed MODEL --member 1", "--member is 1")]
    [InlineData("explain MODEL --word zebra", "--word is \"zebra\"")]
    [InlineData("suspects SUBWORDS --unknown-score -5", "--unknown-score has no effect with a model of subwords")]
    [InlineData("suggest CHARACTERS --edits 1", "--edits has no effect with a model of characters")]
    [InlineData("predict MODEL -k 99", "-k is 99")]
    [InlineData("explain QUANTIZED --method gradient", "(--method leave-one-out)")]
    [InlineData("evaluate NGRAM TEXT --plain", "--plain goes with a network")]
    [InlineData("evaluate NGRAM TEXT --cache", "--cache goes with a network")]
    [InlineData("evaluate NGRAM TEXT --dynamic", "--dynamic goes with a network")]
    [InlineData("score NGRAM --stream", "--stream goes with a network")]
    [InlineData("rescore NGRAM --conversation", "--conversation goes with a network")]
    [InlineData("export CACHED --onnx OUT", "with --plain the network is written without them")]
    [InlineData("export MODEL --onnx OUT --next-words 99", "--next-words is 99")]
    [InlineData("export CIFG --weights OUT --vocabulary WORDS", "its cells are cifg, and PyTorch has elman, relu, lstm, gru")]
    [InlineData("extract PIPELINE OUT --column Perplexity", "None in it makes the column \"Perplexity\". They make these columns, by the index that --index takes too: 0: ")]
    [InlineData("extract PIPELINE OUT --index 1", "There is none with the index 1 in it")]
    [InlineData("import PIPELINE TEXT --output OUT", "rnnlm extract")]
    [InlineData("import MODEL TEXT --output OUT", "a model file already")]
    [InlineData("ensemble MODEL MODEL --member-weights 1 --output OUT", "--member-weights")]
    [InlineData("tune ENSEMBLE --validation TEXT --gradients TEXT --output OUT", "--gradients is of a single network")]
    [InlineData("ngram TEXT --vocabulary-of MODEL --tokenizer characters --output OUT", "The tokenizer is characters")]
    [InlineData("train TEXT --initial MODEL --cell gru --output OUT", "--cell is gru; it must be lstm")]
    [InlineData("train TEXT --initial MODEL --tokenizer characters --output OUT", "The tokenizer is characters")]
    [InlineData("train TEXT --initial MODEL --extend-vocabulary --vocabulary-size 3 --output OUT", "--vocabulary-size is 3; it must be at least")]
    [InlineData("train TEXT --softmax adaptive --cutoffs 4,600 --output OUT", "below the size of the vocabulary")]
    [InlineData("learning-rate TEXT --softmax adaptive --cutoffs 4,600", "below the size of the vocabulary")]
    public void Nothing_is_read_or_written(string command, string says)
    {
        string[] arguments = [.. command.Split(' ').Select(word => word switch
        {
            "MODEL" => trained.Model,
            "SUBWORDS" => ModelOf(Tokenizer.LearnSubwords([TrainedShell.Sentence], new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary })),
            "CHARACTERS" => ModelOf(Tokenizer.Characters),
            "QUANTIZED" => Save(LanguageModel.Load(trained.Model).Quantize()),
            "CACHED" => Save(LanguageModel.Load(trained.Model).With(new NeuralCache())),
            "ENSEMBLE" => Save(LanguageModel.Ensemble([LanguageModel.Load(trained.Model), LanguageModel.Load(trained.Model)])),
            "NGRAM" => NGram(),
            "CIFG" => ModelOf(Tokenizer.Characters, CellKind.Cifg),
            "PIPELINE" => Path.Combine(AppContext.BaseDirectory, "next-word.zip"),
            "WORDS" => trained.Shell["words"],
            "TEXT" => trained.Text,
            "OUT" => trained.Shell["out"],
            _ => word,
        })];
        var terminal = new StringWriter();
        using var error = new StringWriter();
        var code = RnnLmCommand.Run(arguments, new Terminal(() => throw new InvalidOperationException("Standard input was opened."), terminal, error), CancellationToken.None);
        Assert.Equal((ExitCode.Misused, ""), (code, terminal.ToString()));
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(trained.Shell["out"]));
    }

    private string NGram()
    {
        var path = trained.Shell["unsuited.ngram"];
        NGramTrainer.Train(Tokenizer.Whitespace, [TrainedShell.Sentence]).Save(path);
        return path;
    }

    private string ModelOf(Tokenizer tokenizer, CellKind cell = CellKind.Gru)
    {
        var text = new TokenStreamBuilder(tokenizer);
        text.Add(TrainedShell.Sentence);
        var vocabulary = text.BuildVocabulary();
        var shape = new NetworkShape { Cell = cell, VocabularySize = vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        return Save(new LanguageModel(tokenizer, vocabulary, new NetworkWeights(shape), new TrainingRecord()));
    }

    private string Save(LanguageModel model)
    {
        var path = trained.Shell["unsuited.rnnlm"];
        model.Save(path);
        return path;
    }
}

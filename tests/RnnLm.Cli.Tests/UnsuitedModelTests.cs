using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Flags that a model cannot follow are refused before a text is waited for, or anything is written.</summary>
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
    public void Nothing_is_read_or_written(string command, string says)
    {
        string[] arguments = [.. command.Split(' ').Select(word => word switch
        {
            "MODEL" => trained.Model,
            "SUBWORDS" => ModelOf(Tokenizer.LearnSubwords([TrainedShell.Sentence], new SubwordOptions { VocabularySize = SubwordOptions.SmallestVocabulary })),
            "CHARACTERS" => ModelOf(Tokenizer.Characters),
            _ => word,
        })];
        var terminal = new StringWriter();
        using var error = new StringWriter();
        var code = RnnLmCommand.Run(arguments, new Terminal(() => throw new InvalidOperationException("Standard input was opened."), terminal, error), CancellationToken.None);
        Assert.Equal((ExitCode.Misused, ""), (code, terminal.ToString()));
        Assert.Contains(says, error.ToString(), StringComparison.Ordinal);
    }

    private string ModelOf(Tokenizer tokenizer)
    {
        var text = new TokenStreamBuilder(tokenizer);
        text.Add(TrainedShell.Sentence);
        var vocabulary = text.BuildVocabulary();
        var shape = new NetworkShape { Cell = CellKind.Gru, VocabularySize = vocabulary.Count, EmbeddingSize = 2, HiddenSize = 2, Layers = 1 };
        var path = trained.Shell["unsuited.rnnlm"];
        new LanguageModel(tokenizer, vocabulary, new NetworkWeights(shape), new TrainingRecord()).Save(path);
        return path;
    }
}

using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class BadInputTests
{
    private readonly ScriptedEngine engine = new();

    [Fact]
    public void A_corpus_without_words_is_refused()
    {
        var exception = Refused(() => Train(SmallRun.Vocabulary, Texts.Of()));
        Assert.StartsWith("The corpus has no words", exception.Message);
    }

    [Fact]
    public void A_corpus_of_blank_lines_is_refused()
    {
        var exception = Refused(() => Train(SmallRun.Vocabulary, Texts.Of(1, 1, 1, 1, 1, 1)));
        Assert.Contains("6 blank lines", exception.Message);
    }

    [Fact]
    public void A_validation_text_without_words_is_refused()
    {
        var exception = Refused(() => Train(SmallRun.Vocabulary, Corpus, Texts.Of(1)));
        Assert.StartsWith("The validation text has no words", exception.Message);
    }

    [Fact]
    public void A_vocabulary_with_nothing_but_special_words_is_refused()
    {
        var exception = Refused(() => Train(Texts.Vocabulary(2), Texts.Of(0, 0, 1, 0, 0, 1)));
        Assert.Contains("nothing but \"<unk>\" and \"<eos>\"", exception.Message);
    }

    [Fact]
    public void A_corpus_shorter_than_a_batch_is_refused()
    {
        var exception = Refused(() => Train(SmallRun.Vocabulary, Texts.Of(2, 3, 4, 1)));
        Assert.Contains("4 words", exception.Message);
        Assert.Contains("at least 5 words", exception.Message);
    }

    [Fact]
    public void In_rows_mode_a_corpus_shorter_than_a_batch_is_enough()
        => Assert.NotNull(Train(SmallRun.Vocabulary, Texts.Of(2, 1), options: Options(options => options.BatchMode = BatchMode.Rows)));

    [Fact]
    public void Words_of_another_vocabulary_are_refused()
    {
        var exception = Refused(() => Train(Texts.Vocabulary(10), Corpus));
        Assert.Contains("word id 10", exception.Message);
        Assert.Contains("from 0 to 9", exception.Message);
    }

    [Fact]
    public void Initial_weights_of_another_shape_are_refused()
    {
        var other = new NetworkWeights(Options(options => options.HiddenSize = 3).ShapeFor(SmallRun.Vocabulary.Count));
        var exception = Assert.Throws<ArgumentException>(() => Train(SmallRun.Vocabulary, Corpus, initial: other));
        Assert.Contains("hidden 3", exception.Message);
        Assert.Empty(engine.LearningRates);
    }

    [Fact]
    public void Initial_weights_of_another_softmax_are_refused()
    {
        var adaptive = Options(options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [4] });
        var other = new NetworkWeights(Options(options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [5] }).ShapeFor(SmallRun.Vocabulary.Count));
        Assert.Contains("cutoffs 5", Assert.Throws<ArgumentException>(() => Train(SmallRun.Vocabulary, Corpus, initial: other, options: adaptive)).Message);
        Assert.Contains("cutoffs 5", Assert.Throws<ArgumentException>(() => Train(SmallRun.Vocabulary, Corpus, initial: other)).Message);
        Assert.Empty(engine.LearningRates);
    }

    [Fact]
    public void Cutoffs_beyond_the_vocabulary_are_refused_before_training()
    {
        var options = Options(options => options.Softmax = new AdaptiveSoftmax { Cutoffs = [2000] });
        var exception = Assert.Throws<ArgumentException>(() => Train(SmallRun.Vocabulary, Corpus, options: options));
        Assert.Contains($"The cutoffs of the adaptive softmax are 2000; they must be below the size of the vocabulary, {SmallRun.Vocabulary.Count}.", exception.Message);
        Assert.Empty(engine.LearningRates);
    }

    private TrainedModel Train(
        Vocabulary vocabulary, TokenStream corpus, TokenStream? validation = null, NetworkWeights? initial = null, TrainingOptions? options = null)
        => new LanguageModelTrainer(options ?? Options(), engine).Train(Tokenizer.Whitespace, vocabulary, corpus, validation, initial);

    private TrainingDataException Refused(Action train)
    {
        var exception = Assert.Throws<TrainingDataException>(train);
        Assert.Empty(engine.LearningRates);
        return exception;
    }
}

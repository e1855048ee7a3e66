using static RnnLm.Training.Tests.SmallRun;

namespace RnnLm.Training.Tests;

public class RandomWindowTests
{
    [Fact]
    public void The_learning_rate_of_a_window_is_multiplied_by_its_share_of_the_usual_length()
    {
        var engine = Trained(random: true);
        Assert.True(engine.Windows.Distinct().Count() > 5, $"The windows have {string.Join(", ", engine.Windows.Distinct().Order())} words.");
        Assert.Equal(engine.Windows.Select(length => 16.0 * length / 12), engine.LearningRates);
    }

    [Fact]
    public void Otherwise_every_window_has_the_same_one_the_last_of_an_epoch_too()
    {
        var engine = Trained(random: false);
        Assert.Equal([8, 12], engine.Windows.Distinct().Order());
        Assert.All(engine.LearningRates, rate => Assert.Equal(16, rate));
    }

    private static ScriptedEngine Trained(bool random)
    {
        var engine = new ScriptedEngine();
        var options = Options(options => (options.BatchSize, options.Window, options.RandomWindow, options.Epochs) = (1, 12, random, 2));
        new LanguageModelTrainer(options, engine).Train(Tokenizer.Whitespace, Texts.Vocabulary(300), Texts.Counting(200));
        return engine;
    }
}

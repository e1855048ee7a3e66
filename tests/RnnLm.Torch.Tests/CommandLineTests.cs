using RnnLm.Cli.Tests;

namespace RnnLm.Torch.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly Shell shell = new();

    public void Dispose() => shell.Dispose();

    [TorchFact]
    public void The_engine_torch_trains_a_model_that_the_managed_one_serves()
    {
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        var outcome = shell.Run([.. TrainedShell.SmallTraining(text, shell["m.rnnlm"]), "--json", "--engine", "torch", "--device", "cpu"]);
        Assert.Equal(0, outcome.Code);
        Assert.Contains("TorchSharp", outcome.Json[0].GetProperty("engine").GetString());
        using var elsewhere = new Installation(without: "Torch");
        Assert.Equal(TrainedShell.Sentence, elsewhere.Run("generate", shell["m.rnnlm"], "the cat").Output.TrimEnd());
    }

    [TorchOnLinuxTheory]
    [InlineData("--cell", "lstm", "--dropout", "0.3")]
    [InlineData("--cell", "gru", "--tied", "--optimizer", "adamw", "--validation", "HELD")]
    [InlineData("--initial", "MODEL", "--optimizer", "sgd", "--learning-rate", "0.5", "--dropout", "0.2")]
    [InlineData("--initial", "MODEL", "--extend-vocabulary", "--validation", "HELD")]
    public void A_training_on_the_CPU_that_is_killed_gives_the_model_of_one_that_is_not(params string[] options)
    {
        const string written = "\"checkpointWritten\"";
        var text = shell.Write("text.txt", string.Concat(Enumerable.Range(0, 200).Select(line => $"the cat sat on the mat and {line % 17} dogs saw it {line % 5}\n")));
        var held = shell.Write("held.txt", "the dog sat on the mat\nand the cat saw it\n");
        if (options.Contains("MODEL"))
        {
            var few = shell.Write("few.txt", string.Concat(Enumerable.Repeat("the cat sat on the mat\n", 40)));
            Assert.Equal(0, shell.Run(TrainedShell.SmallTraining(few, shell["initial.rnnlm"], epochs: 1)).Code);
        }
        options = [.. options.Select(option => option switch { "HELD" => held, "MODEL" => shell["initial.rnnlm"], _ => option })];
        string[] Training(string model) =>
        [
            "train", text, "--output", shell[model], "--engine", "torch", "--threads", "1", "--epochs", "6", "--batch", "2", "--window", "5", .. options,
            .. options.Contains("--initial") ? Array.Empty<string>() : ["--layers", "1", "--embedding", "16", "--hidden", "16", "--tokenizer", "whitespace"],
        ];
        var whole = Run(Training("whole.rnnlm"));
        Assert.True(whole.Code == 0, whole.Error);

        KillAfter(3, [.. Training("m.rnnlm"), "--checkpoint", shell["c"], "--checkpoint-every", "2", "--json"]);
        KillAfter(200, ["train", "--resume", shell["c"], "--checkpoint-every", "2"]);
        var resumed = Run(["train", "--resume", shell["c"], "--checkpoint-every", "1h"]);
        Assert.True(resumed.Code == 0, resumed.Error);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);

        // The managed engine would learn something else.
        var other = shell.Run("train", "--resume", shell["c"], "--engine", "managed", "--epochs", "7");
        Assert.Contains("--engine was torch and is managed. Leave it out", other.Error);

        static Outcome Run(string[] arguments)
        {
            using var running = RunningCommand.Start([.. arguments, "--libtorch", Libtorch.Folder]);
            return running.Wait();
        }

        static void KillAfter(int checkpoints, string[] arguments)
        {
            using var running = RunningCommand.Start([.. arguments, "--libtorch", Libtorch.Folder]);
            for (var count = 0; count < checkpoints; count++) running.ReadUntil(written);
            running.Kill();
            running.Wait();
        }
    }

    [TorchFact]
    public void The_engine_torch_goes_on_from_a_model_and_new_words_are_learned()
    {
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 60)));
        Assert.Equal(0, shell.Run(TrainedShell.SmallTraining(text, shell["initial.rnnlm"])).Code);
        var more = shell.Write("more.txt", string.Concat(Enumerable.Repeat("the cow sat on the mat .\n", 60)));
        var outcome = shell.Run(
            "train", more, "--initial", shell["initial.rnnlm"], "--extend-vocabulary", "--output", shell["m.rnnlm"], "--engine", "torch", "--validation", more,
            "--threads", "1", "--batch", "2", "--epochs", "10", "--learning-rate", "0.02");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("The initial model: validation perplexity ", outcome.Error);
        var (initial, model) = (LanguageModel.Load(shell["initial.rnnlm"]), LanguageModel.Load(shell["m.rnnlm"]));
        Assert.Equal("cow", model.NextWord("the"));
        Assert.Equal([.. initial.Vocabulary, "cow"], model.Vocabulary);
        Assert.Equal(initial.ComputeChecksum(), model.Training.Options["initial_model"]);

        // Both engines begin with one model: what they think of it is the same but for rounding.
        var managed = shell.Run("train", more, "--initial", shell["initial.rnnlm"], "--extend-vocabulary", "--output", shell["n.rnnlm"], "--validation", more, "--threads", "1", "--batch", "2", "--epochs", "1");
        Assert.True(managed.Code == 0, managed.Error);
        var (one, two) = (model.Training.Figures["initial_validation_perplexity"], LanguageModel.Load(shell["n.rnnlm"]).Training.Figures["initial_validation_perplexity"]);
        Assert.InRange(one / two, 0.9999, 1.0001);
    }
}

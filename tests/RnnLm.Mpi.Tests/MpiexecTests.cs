using RnnLm.Cli.Tests;

namespace RnnLm.Mpi.Tests;

/// <summary>Processes that MPICH has started train together by the command line.</summary>
public sealed class MpiexecTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-mpi-").FullName;
    private readonly string text;
    private readonly string held;

    public MpiexecTests()
    {
        text = Write("text.txt", Texts.Lines(300, seed: 1));
        held = Write("held.txt", Texts.Lines(30, seed: 2));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string this[string name] => Path.Join(folder, name);

    [MpiFact]
    public void One_process_learns_what_it_learns_without_MPI()
    {
        Assert.Equal((0, ""), CodeAndOutput(Mpiexec.Run(1, Training("mpi.rnnlm"))));
        var alone = Mpiexec.Run(1, [.. Training("alone.rnnlm").TakeWhile(argument => argument != "--engine")]);
        Assert.Equal(0, alone.Code);
        AssertSame(WeightsOf("alone.rnnlm"), WeightsOf("mpi.rnnlm"));
    }

    [MpiTheory]
    [InlineData("local", 2)]
    [InlineData("gradients", 2)]
    [InlineData("local", 3)]
    [InlineData("gradients", 3)]
    public void Several_processes_give_the_same_model_every_time_which_is_that_of_threads_that_exchange_the_same(string kind, int ranks)
    {
        string[] flags = kind == "local" ? ["--synchronize-every", "4"] : ["--synchronization", "gradients"];
        var (code, output, error) = Mpiexec.Run(ranks, [.. Training("first.rnnlm"), .. flags, "--json"]);
        Assert.True(code == 0, error);
        Assert.Equal("", error);
        // One process tells of it, not all.
        Assert.Single(output.Split('\n'), line => line.Contains("\"started\"", StringComparison.Ordinal));
        Assert.Contains($"mpi, {ranks} ranks, ", output, StringComparison.Ordinal);
        Assert.Equal(0, Mpiexec.Run(ranks, [.. Training("second.rnnlm"), .. flags]).Code);
        Comparison.AssertSame(this["first.rnnlm"], this["second.rnnlm"]);

        var threads = ThreadRanks.Run(ranks, communicator => new LanguageModelTrainer(Options(), new MpiEngine(SynchronizationTests.Of(kind), () => communicator))
            .Train(Tokenizer.Whitespace, File.ReadLines(text), File.ReadLines(held)));
        AssertSame(threads[0].Result.Weights, WeightsOf("first.rnnlm"));
    }

    [MpiFact]
    public void By_TCP_alone_processes_learn_the_same()
    {
        // Long messages go another way than short ones.
        string[] flags = ["--synchronization", "gradients"];
        Assert.Equal(0, Mpiexec.Run(3, [.. Training("model.rnnlm", epochs: 1, hidden: 150), .. flags]).Code);
        var (code, _, error) = Mpiexec.RunByTcp(3, [.. Training("tcp.rnnlm", epochs: 1, hidden: 150), .. flags]);
        Assert.True(code == 0, error);
        Comparison.AssertSame(this["model.rnnlm"], this["tcp.rnnlm"]);
    }

    [MpiTheory]
    [InlineData(0)]
    [InlineData(2)]
    public void A_process_that_is_killed_ends_all_and_the_training_goes_on_from_the_last_checkpoint_with_the_same_bits(int killed)
    {
        // Long enough that it is not over before.
        var longer = Write("longer.txt", Texts.Lines(4000, seed: 1));
        Assert.Equal(0, Mpiexec.Run(3, Training("whole.rnnlm", longer)).Code);
        using (var running = Mpiexec.Start(3, [.. Training("broken.rnnlm", longer), "--checkpoint", this["run"], "--checkpoint-every", "3"]))
        {
            running.WaitUntil(() => Checkpoints() >= 2);
            running.Kill(killed);
            var (code, output, error) = running.Wait();
            Assert.NotEqual(0, code);
            Assert.Contains("signal 9", output + error, StringComparison.OrdinalIgnoreCase);
        }
        Assert.False(File.Exists(this["broken.rnnlm"]));
        var resumed = Mpiexec.Run(3, "train", "--resume", this["run"], "--output", this["resumed.rnnlm"]);
        Assert.True(resumed.Code == 0, resumed.Error);
        Comparison.AssertSame(this["whole.rnnlm"], this["resumed.rnnlm"]);
    }

    [MpiFact]
    public void A_process_that_is_interrupted_ends_all_which_keep_what_they_have()
    {
        using (var running = Mpiexec.Start(2, [.. Training("broken.rnnlm", epochs: 1_000_000), "--checkpoint", this["run"], "--checkpoint-every", "3"]))
        {
            running.WaitUntil(() => Checkpoints() >= 2);
            running.Interrupt(rank: 1);
            var (code, _, error) = running.Wait();
            Assert.Equal(130, code);
            Assert.Contains("Go on with: mpiexec -n 2 rnnlm train --resume", error, StringComparison.Ordinal);
        }
        Assert.True(File.Exists(this["broken.rnnlm"]));
    }

    [MpiFact]
    public void A_training_does_not_go_on_with_another_number_of_processes()
    {
        Assert.Equal(0, Mpiexec.Run(2, [.. Training("model.rnnlm"), "--checkpoint", this["run"]]).Code);
        var (code, _, error) = Mpiexec.Run(3, "train", "--resume", this["run"], "--epochs", "3");
        Assert.NotEqual(0, code);
        Assert.Contains("--engine was mpi, 2 ranks", error, StringComparison.Ordinal);
        Assert.Contains("and is mpi, 3 ranks", error, StringComparison.Ordinal);
    }

    [MpiFact]
    public void Text_that_one_process_does_not_have_ends_all_with_a_sentence()
    {
        var (code, _, error) = Mpiexec.RunUnlike(Training("model.rnnlm"), Training("model.rnnlm", this["missing.txt"]));
        Assert.NotEqual(0, code);
        Assert.Contains("missing.txt", error, StringComparison.Ordinal);
        Assert.Contains("Rank 1 has ended its part of the training early", error, StringComparison.Ordinal);
        Assert.False(File.Exists(this["model.rnnlm"]));
    }

    [MpiFact]
    public void Checkpoints_that_one_process_does_not_see_end_all_with_a_sentence()
    {
        Assert.Equal(0, Mpiexec.Run(2, [.. Training("model.rnnlm"), "--checkpoint", this["run"]]).Code);
        var (code, _, error) = Mpiexec.RunUnlike(["train", "--resume", this["run"], "--epochs", "3"], ["train", "--resume", this["missing"], "--epochs", "3"]);
        Assert.NotEqual(0, code);
        Assert.Contains(this["missing"], error, StringComparison.Ordinal);
        Assert.Contains("Rank 1 has ended its part of the training early", error, StringComparison.Ordinal);
    }

    private int Checkpoints() => Directory.Exists(this["run"]) ? Directory.GetFiles(this["run"], "*.checkpoint").Length : 0;

    private string Write(string name, string[] lines)
    {
        File.WriteAllLines(this[name], lines);
        return this[name];
    }

    private string[] Training(string output, string? corpus = null, int epochs = 2, int hidden = 8) =>
    [
        "train", corpus ?? text, "--validation", held, "--output", this[output], "--tokenizer", "whitespace", "--layers", "1", "--embedding", "6", "--hidden", $"{hidden}", "--dropout", "0.2",
        "--batch", "2", "--window", "5", "--epochs", $"{epochs}", "--learning-rate", "0.02", "--threads", "1", "--preset", "plain", "--engine", "mpi",
    ];

    private static TrainingOptions Options() => new()
    {
        Preset = TrainingPreset.Plain,
        Layers = 1,
        EmbeddingSize = 6,
        HiddenSize = 8,
        Dropout = 0.2,
        BatchSize = 2,
        Window = 5,
        Epochs = 2,
        Threads = 1,
        Optimizer = new Adam { LearningRate = 0.02 },
    };

    private static (int, string) CodeAndOutput((int Code, string Output, string Error) outcome) => (outcome.Code, outcome.Output);

    private NetworkWeights WeightsOf(string model) => LanguageModel.Load(this[model]).Network.CopyWeights();

    private static void AssertSame(NetworkWeights expected, NetworkWeights actual)
    {
        foreach (var (one, other) in expected.Parameters.Zip(actual.Parameters)) Assert.Equal(one.Values, other.Values);
    }
}

using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>
/// Trainings in processes of their own that are broken off, and go on as if nothing had happened. None ends before it is broken off: what it writes to
/// standard output, an event of every second window, is more than a pipe holds.
/// </summary>
public sealed class BrokenOffTests : IDisposable
{
    private const string Written = "\"checkpointWritten\"";

    private readonly Shell shell = new();
    private readonly string text;
    private readonly string held;

    public BrokenOffTests()
    {
        text = shell.Write("text.txt", string.Concat(Enumerable.Range(0, 300).Select(line => $"the cat sat on the mat and {line % 17} dogs saw it {line % 5}\n")));
        held = shell.Write("held.txt", "the dog sat on the mat\nand the cat saw it\n");
    }

    public void Dispose() => shell.Dispose();

    [LinuxTheory]
    [InlineData("--cell", "lstm", "--dropout", "0.3")]
    [InlineData("--cell", "gru", "--tied", "--layers", "2", "--state-reset", "0")]
    [InlineData("--cell", "elman", "--softmax", "sampled", "--samples", "7", "--optimizer", "adamw", "--state-reset", "1")]
    [InlineData("--cell", "relu", "--softmax", "adaptive", "--cutoffs", "9,18", "--optimizer", "sgd", "--learning-rate", "0.1")]
    [InlineData("--validation", "HELD", "--seed", "7", "--threads", "2")]
    public void A_training_that_is_killed_again_and_again_gives_the_model_of_one_that_is_not(params string[] options)
    {
        options = [.. options.Select(option => option == "HELD" ? held : option)];
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", options)).Code);

        KillAfter(3, [.. Training("m.rnnlm", options), .. Checkpoints("--checkpoint"), "--json"]);
        KillAfter(150, ["train", .. Checkpoints("--resume")]);
        KillAfter(1, ["train", .. Checkpoints("--resume")]);
        var outcome = shell.Run("train", "--resume", shell["c"], "--checkpoint-every", "1h");
        Assert.Equal(0, outcome.Code);
        Assert.Contains("\"event\":\"resumed\"", outcome.Output);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
        Assert.DoesNotContain(Directory.EnumerateFiles(shell["c"]), file => file.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [LinuxFact]
    public void A_second_training_in_the_folder_is_refused_while_the_first_lives_and_goes_on_from_there_when_that_is_killed()
    {
        const string Lock = "c/.training.lock";
        Assert.Equal(0, shell.Run(Training("whole.rnnlm")).Code);
        using var first = RunningCommand.Start([.. Training("m.rnnlm"), .. Checkpoints("--checkpoint"), "--json"]);
        for (var count = 0; count < 10; count++) first.ReadUntil(Written);

        string[][] seconds = [["train", "--resume", shell["c"]], [.. Training("n.rnnlm"), .. Checkpoints("--resume")]];
        foreach (var arguments in seconds)
        {
            using var second = RunningCommand.Start(arguments);
            var refused = second.Wait();
            Assert.Equal((ExitCode.Failed, ""), (refused.Code, refused.Output));
            Assert.Contains($"The folder \"{shell["c"]}\" is being written by another training.", refused.Error);
            Assert.DoesNotContain("Training begins", refused.Error);
        }
        first.ReadUntil(Written);
        Assert.DoesNotContain("n.rnnlm", shell.Files);

        Assert.True(File.Exists(shell[Lock]));
        first.Kill();
        Assert.Equal(128 + 9, first.Wait().Code);
        Assert.True(File.Exists(shell[Lock]));
        var outcome = shell.Run("train", "--resume", shell["c"], "--checkpoint-every", "1h");
        Assert.True(outcome.Code == 0, outcome.Error);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
        Assert.False(File.Exists(shell[Lock]));
    }

    [LinuxTheory]
    [InlineData]
    [InlineData("--validation", "HELD")]
    [InlineData("--extend-vocabulary")]
    [InlineData("--extend-vocabulary", "--validation", "HELD", "--threads", "2")]
    [InlineData("--extend-vocabulary", "--validation", "KNOWN", "--learning-rate", "1")]
    public void A_training_that_went_on_from_a_model_and_is_killed_gives_the_model_of_one_that_is_not(params string[] options)
    {
        var known = shell.Write("known.txt", string.Concat(Enumerable.Repeat("the cat sat on the mat\n", 40)));
        Assert.Equal(0, shell.Run([.. Training("initial.rnnlm").Select(argument => argument == text ? known : argument)]).Code);
        options = ["--initial", shell["initial.rnnlm"], .. options.Select(option => option switch { "HELD" => held, "KNOWN" => known, _ => option })];
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", options)).Code);
        Assert.Equal(options.Contains(known), LanguageModel.Load(shell["whole.rnnlm"]).Training.Figures["best_epoch"] == 0);

        KillAfter(1, [.. Training("m.rnnlm", options), .. Checkpoints("--checkpoint"), "--json"]);
        KillAfter(200, ["train", .. Checkpoints("--resume")]);
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--checkpoint-every", "1h").Code);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
    }

    [LinuxTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    public void A_training_that_a_signal_ends_says_how_it_goes_on_and_gives_the_model_of_one_that_is_not(int signal)
    {
        Assert.Equal(0, shell.Run(Training("whole.rnnlm")).Code);
        using var running = RunningCommand.Start([.. Training("m.rnnlm"), .. Checkpoints("--checkpoint"), "--json"]);
        for (var count = 0; count < 10; count++) running.ReadUntil(Written);
        if (!running.Signal(signal)) return; // as after nohup
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.EndsWith($"Go on with: rnnlm train --resume {shell["c"]}{Environment.NewLine}", outcome.Error, StringComparison.Ordinal);

        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--checkpoint-every", "1h").Code);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
    }

    [LinuxFact]
    public void Relative_paths_are_those_of_the_folder_in_which_they_were_given()
    {
        Assert.Equal(0, shell.Run(Training("whole.rnnlm", "--validation", held)).Code);
        var elsewhere = Directory.CreateDirectory(shell["elsewhere"]).FullName;
        string[] first = [.. Training("m.rnnlm", "--validation", "held.txt").Select(argument => argument.StartsWith(shell.Folder, StringComparison.Ordinal) ? Path.GetFileName(argument) : argument)];
        using var running = RunningCommand.StartIn(shell.Folder, [.. first, "--checkpoint", "c", "--checkpoint-every", "2", "--json"]);
        running.ReadUntil(Written);
        running.Kill();
        running.Wait();

        using var second = RunningCommand.StartIn(elsewhere, "train", "--resume", "../c", "--checkpoint-every", "1h");
        Assert.Equal(0, second.Wait().Code);
        Comparison.AssertSame(shell["whole.rnnlm"], shell["m.rnnlm"]);
        using var third = RunningCommand.StartIn(elsewhere, "train", "--resume", "../c", "--output", "new.rnnlm");
        Assert.Equal(0, third.Wait().Code);
        Comparison.AssertSame(shell["whole.rnnlm"], Path.Combine(elsewhere, "new.rnnlm"));
    }

    [LinuxFact]
    public void A_folder_that_vanishes_is_made_again()
    {
        using var running = RunningCommand.Start([.. Training("m.rnnlm"), .. Checkpoints("--checkpoint"), "--json"]);
        running.ReadUntil(Written);
        while (!Attempt(() => Directory.Delete(shell["c"], recursive: true)))
        {
        }
        while (!Directory.Exists(shell["c"])) running.ReadUntil("\"checkpoint");
        running.ReadUntil(Written);
        running.Kill();
        running.Wait();
        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--checkpoint-every", "1h").Code);
        Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
    }

    [LinuxFact]
    public void A_folder_that_is_lost_costs_no_model_and_is_warned_of()
    {
        using var running = RunningCommand.Start([.. Training("m.rnnlm"), .. Checkpoints("--checkpoint"), "--json"]);
        running.ReadUntil(Written);
        while (!File.Exists(shell["c"]))
        {
            Attempt(() =>
            {
                Directory.Delete(shell["c"], recursive: true);
                File.WriteAllText(shell["c"], "");
            });
        }
        running.ReadUntil("\"checkpointFailed\"");
        var outcome = running.Wait();
        Assert.Equal(0, outcome.Code);
        Assert.Contains("Warning: The last checkpoint could not be written: ", outcome.Error);
        Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
    }

    [LinuxTheory]
    [InlineData(32, ExitCode.Failed)]
    [InlineData(192, ExitCode.Done)]
    public void A_disk_that_is_full_is_told_at_once_and_where_it_fills_up_later_ends_nothing(int blocks, int code)
    {
        using var running = RunningCommand.StartWithoutRoom(blocks, [.. Training("m.rnnlm"), "--checkpoint", shell["c"], "--checkpoint-every", "50"]);
        var outcome = running.Wait();
        Assert.True(code == outcome.Code, outcome.Error);
        if (code == ExitCode.Failed)
        {
            Assert.Contains($"No checkpoint can be written into the folder \"{shell["c"]}\"", outcome.Error);
            Assert.DoesNotContain("Epoch", outcome.Error);
        }
        else
        {
            Assert.Single(outcome.Error.Split('\n'), line => line.StartsWith("Warning: No checkpoint could be written: ", StringComparison.Ordinal));
            Assert.Contains("Warning: The last checkpoint could not be written: ", outcome.Error);
            Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
            // What could be written is gone on from where there is room again.
            Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--output", shell["again.rnnlm"]).Code);
            Comparison.AssertSame(shell["m.rnnlm"], shell["again.rnnlm"]);
        }
    }

    [LinuxFact]
    public void A_model_that_cannot_be_written_is_not_lost_and_comes_again_from_the_checkpoint()
    {
        var folder = Directory.CreateDirectory(shell["out"]);
        var temporary = Directory.CreateDirectory(shell["temporary"]);
        using var running = RunningCommand.StartWithTemporaryFolder(temporary.FullName, [.. Training("out/m.rnnlm"), .. Checkpoints("--checkpoint"), "--json"]);
        running.ReadUntil(Written);
        folder.Delete();
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.EndsWith($"Go on with: rnnlm train --resume {shell["c"]} --output MODEL{Environment.NewLine}", outcome.Error, StringComparison.Ordinal);

        Assert.Equal(0, shell.Run("train", "--resume", shell["c"], "--output", shell["again.rnnlm"]).Code);
        Comparison.AssertSame(temporary.EnumerateFiles("m.rnnlm", SearchOption.AllDirectories).Single().FullName, shell["again.rnnlm"]);
    }

    private string[] Training(string model, params string[] options) =>
    [
        "train", text, "--output", shell[model], "--tokenizer", "whitespace", "--embedding", "16", "--hidden", "16", "--batch", "2", "--window", "5", "--epochs", "3",
        .. Unless(options, "--layers", "1"), .. Unless(options, "--threads", "1"), .. options,
    ];

    private static string[] Unless(string[] options, string flag, string value) => options.Contains(flag) ? [] : [flag, value];

    private string[] Checkpoints(string flag) => [flag, shell["c"], "--checkpoint-every", "2"];

    /// <summary>Does something to the folder of checkpoints; false where one was just being written.</summary>
    private static bool Attempt(Action change)
    {
        try
        {
            change();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Starts a training and kills it after so many checkpoints.</summary>
    private static void KillAfter(int checkpoints, string[] arguments)
    {
        using var running = RunningCommand.Start(arguments);
        for (var count = 0; count < checkpoints; count++) running.ReadUntil(Written);
        running.Kill();
        Assert.Equal(128 + 9, running.Wait().Code);
    }
}

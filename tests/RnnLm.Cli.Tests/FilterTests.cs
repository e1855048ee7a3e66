using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>How the commands behave among other programs: every command that reads or writes a standard stream, and what may happen to that stream.</summary>
public sealed class FilterTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    /// <summary>Commands that answer each line of standard input.</summary>
    private static readonly string[] Answering =
    [
        "predict MODEL", "predict MODEL --json", "score MODEL", "score MODEL -", "score MODEL --by-word --json", "generate MODEL", "generate MODEL --json",
        "suggest MODEL", "suggest MODEL --json", "embed MODEL --json", "embed MODEL --by-word --json", "explain MODEL --json", "suspects MODEL --json", "generate MODEL --beam 2 --alternatives 2 --json",
    ];

    /// <summary>Commands that read standard input to its end before they write.</summary>
    private static readonly string[] Collecting = ["evaluate MODEL -", "evaluate MODEL - --typing", "summarize MODEL", "evaluate MODEL TEXT -", "train - --output OUT", "train TEXT - --output OUT", "train TEXT --validation - --output OUT"];

    /// <summary>Commands that read no standard input and write standard output.</summary>
    private static readonly string[] Writing =
    [
        "--help", "--version", "train --help", "info MODEL", "info MODEL --json", "evaluate MODEL TEXT", "evaluate MODEL TEXT --json", "evaluate MODEL TEXT --cache --dynamic", "tune MODEL --validation TEXT --output OUT --json", "predict MODEL the", "score MODEL TEXT",
        "score MODEL TEXT --json", "generate MODEL the", "suggest MODEL the", "suggest MODEL the --learn OUT", "fill MODEL ___", "suspects MODEL the", "embed MODEL the",
        "explain MODEL the --html OUT", "summarize MODEL TEXT", "evaluate MODEL TEXT --typing --json", "quantize MODEL OUT", "train TEXT --output OUT --epochs 1 --hidden 8 --embedding 8 --json",
    ];

    private static readonly int[] Signals = [1, 2, 3, 15]; // HUP, INT, QUIT, TERM

    public static TheoryData<string> EveryAnswering() => [.. Answering];

    public static TheoryData<string> EveryReading() => [.. Answering, .. Collecting];

    public static TheoryData<string> EveryWriting() => [.. Writing];

    public static TheoryData<string, int> EveryReadingAndSignal()
    {
        var data = new TheoryData<string, int>();
        foreach (var command in (string[])["predict MODEL", "score MODEL", "generate MODEL", .. Collecting])
            foreach (var signal in Signals) data.Add(command, signal);
        return data;
    }

    [LinuxTheory]
    [MemberData(nameof(EveryAnswering))]
    public void A_line_is_answered_while_the_input_stays_open(string command)
    {
        using var shell = new Shell();
        using var running = RunningCommand.Start(Arguments(command, shell));
        foreach (var line in (string[])["the cat", "on the", "mat"])
        {
            running.Write(line);
            Assert.Contains(line, running.ReadLine());
        }
        running.EndInput();
        var outcome = running.Wait();
        Assert.Equal(0, outcome.Code);
        Assert.Equal("", outcome.Error);
    }

    [LinuxTheory]
    [MemberData(nameof(EveryReadingAndSignal))]
    public void A_signal_ends_a_command_that_waits_for_input(string command, int signal)
    {
        using var shell = new Shell();
        using var running = RunningCommand.Start(Arguments(command, shell));
        if (!running.Signal(signal)) return; // as after nohup
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Equal("", outcome.Output);
        Assert.Equal(command.StartsWith("train", StringComparison.Ordinal) ? $"Nothing was learned yet; no model was written.{Environment.NewLine}" : "", outcome.Error);
        Assert.Empty(shell.Files);
    }

    [LinuxTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(15)]
    public void A_signal_ends_training_with_the_best_model(int signal)
    {
        using var shell = new Shell();
        using var running = RunningCommand.Start([.. TrainedShell.SmallTraining(trained.Text, shell["m.rnnlm"], epochs: 1_000_000), "--json"]);
        while (running.ReadLine() is { } line && !line.Contains("\"epoch\":3", StringComparison.Ordinal)) Assert.NotEqual("", line);
        if (!running.Signal(signal)) return;
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Equal("saved", outcome.Json[^1].GetProperty("event").GetString());
        Assert.Equal(0, shell.Run("info", shell["m.rnnlm"]).Code);
    }

    [LinuxTheory]
    [InlineData("info PIPE")]
    [InlineData("quantize PIPE OUT")]
    [InlineData("extract PIPE OUT")]
    [InlineData("export PIPE --weights OUT --vocabulary OUT2")]
    [InlineData("export PIPE --onnx OUT")]
    [InlineData("import PIPE TEXT --output OUT")]
    [InlineData("import TEXT PIPE --output OUT")]
    public void A_signal_ends_a_command_that_waits_for_a_model(string command)
    {
        using var shell = new Shell();
        using var pipe = System.Diagnostics.Process.Start("mkfifo", shell["pipe"]);
        pipe.WaitForExit();
        using var running = RunningCommand.Start(Arguments(command, shell));
        if (!running.Signal(15)) return;
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.Equal("", outcome.Output + outcome.Error);
        Assert.Equal(["pipe"], shell.Files);
    }

    [LinuxFact]
    public void A_signal_leaves_no_copy_of_weights_that_come_from_a_pipe()
    {
        using var shell = new Shell();
        var temporary = Directory.CreateDirectory(shell["temporary"]);
        using var running = RunningCommand.StartWithTemporaryFolder(temporary.FullName, "import", "/dev/stdin", trained.Text, "--output", shell["out"]);
        running.Write("weights that go on");
        running.WaitUntil(() => temporary.EnumerateFiles("stdin", SearchOption.AllDirectories).Any());
        if (!running.Signal(15)) return;
        Assert.Equal(ExitCode.Interrupted, running.Wait().Code);
        Assert.Empty(temporary.EnumerateDirectories("rnnlm-*"));
        Assert.Equal(["temporary"], shell.Files);
    }

    [Theory]
    [InlineData("info MODEL")]
    [InlineData("predict MODEL the")]
    [InlineData("quantize MODEL OUT")]
    [InlineData("extract PIPELINE OUT")]
    [InlineData("export MODEL --weights OUT --vocabulary OUT2")]
    [InlineData("export MODEL --onnx OUT")]
    [InlineData("import WEIGHTS WORDS --output OUT")]
    public void What_is_interrupted_writes_nothing(string command)
    {
        using var shell = new Shell();
        Assert.Equal(0, trained.Shell.Run("export", trained.Model, "--weights", trained.Shell["weights"], "--vocabulary", trained.Shell["words"]).Code);
        File.WriteAllText(shell["out"], "before");
        var outcome = shell.Run("", new CancellationToken(canceled: true), Arguments(command, shell));
        Assert.Equal((ExitCode.Interrupted, "", ""), (outcome.Code, outcome.Output, outcome.Error));
        Assert.Equal(["out"], shell.Files);
        Assert.Equal("before", File.ReadAllText(shell["out"]));
        Assert.Equal(0, shell.Run(Arguments(command, shell)).Code);
    }

    [LinuxTheory]
    [MemberData(nameof(EveryWriting))]
    public void Output_that_is_full_or_closed_is_said_in_a_line(string command)
    {
        foreach (var redirection in (string[])["> /dev/full", ">&-"])
        {
            using var shell = new Shell();
            using var running = RunningCommand.StartRedirected(redirection, Arguments(command, shell));
            var outcome = running.Wait();
            Assert.Equal(ExitCode.Failed, outcome.Code);
            Assert.StartsWith("rnnlm: Standard output cannot be written: ", outcome.Error, StringComparison.Ordinal);
            Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [LinuxTheory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    [InlineData("2>&- >&- <&-")]
    public void Errors_that_cannot_be_written_change_nothing(string redirection)
    {
        using var shell = new Shell();
        foreach (var (code, command) in (IEnumerable<(int, string)>)[(ExitCode.Failed, "info nothing"), (ExitCode.Misused, "info"), (ExitCode.Done, "train TEXT --output OUT --epochs 1 --hidden 8 --embedding 8")])
        {
            using var running = RunningCommand.StartRedirected(redirection, Arguments(command, shell));
            var outcome = running.Wait();
            Assert.Equal(code, outcome.Code);
            Assert.Equal("", outcome.Output + outcome.Error);
        }
        Assert.Equal(["out"], shell.Files);
    }

    [LinuxTheory]
    [MemberData(nameof(EveryAnswering))]
    public void A_command_ends_quietly_where_its_output_is_no_longer_read(string command)
    {
        using var shell = new Shell();
        using var running = RunningCommand.Start(Arguments(command, shell));
        running.Write("the cat");
        Assert.Contains("the cat", running.ReadLine());
        running.StopReading();
        running.WriteEndlessly("the cat");
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Done, outcome.Code);
        Assert.Equal("", outcome.Error);
    }

    [LinuxTheory]
    [MemberData(nameof(EveryReading))]
    public void Input_that_is_closed_is_said_in_a_line(string command)
    {
        using var shell = new Shell();
        using var running = RunningCommand.StartRedirected("<&-", Arguments(command, shell));
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Equal($"rnnlm: Standard input is closed.{Environment.NewLine}", outcome.Error);
        Assert.Equal("", outcome.Output);
        Assert.Empty(shell.Files);
    }

    [LinuxTheory]
    [MemberData(nameof(EveryWriting))]
    public void Input_that_is_closed_is_no_matter_where_none_is_read(string command)
    {
        using var shell = new Shell();
        using var running = RunningCommand.StartRedirected("<&-", Arguments(command, shell));
        Assert.Equal(0, running.Wait().Code);
    }

    [TerminalTheory]
    [InlineData(80)]
    [InlineData(50)]
    public void Progress_on_a_terminal_never_wraps(int columns)
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Range(0, 3000).Select(line => $"{TrainedShell.Sentence} {line}\n")));
        using var running = RunningCommand.StartInTerminal(
            columns, "train", text, "--output", shell["m.rnnlm"], "--epochs", "2", "--hidden", "64", "--embedding", "64", "--threads", "1");
        var outcome = running.Wait();
        Assert.Equal(0, outcome.Code);
        var bars = outcome.Output.Split('\r', '\n').Where(line => line.StartsWith("epoch ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(bars);
        Assert.All(bars, bar => Assert.InRange(bar.Length, 1, columns - 1));
        Assert.Contains("The model is in", outcome.Output);
    }

    [LinuxFact]
    public void Outputs_of_two_commands_follow_one_another_in_one_file()
    {
        using var shell = new Shell();
        foreach (var prompt in (string[])["the", "the cat"])
        {
            using var running = RunningCommand.StartRedirected($">> \"{shell["out"]}\"", "predict", trained.Model, prompt, "-k", "1");
            Assert.Equal(0, running.Wait().Code);
        }
        Assert.Equal(["the", "the cat"], File.ReadLines(shell["out"]).Select(line => line.Split('\t')[0]));
    }

    [Fact]
    public void What_was_answered_before_a_fault_is_written()
    {
        using var shell = new Shell();
        var outcome = shell.RunWithInput([.. "the cat\nthe\n"u8, 0xFF, (byte)'\n'], "suspects", trained.Model, "--json");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Equal(2, outcome.Lines.Length);
        Assert.Contains("line 3", outcome.Error);
    }

    private string[] Arguments(string command, Shell shell) => [.. command.Split(' ').Select(word => word switch
    {
        "MODEL" => trained.Model,
        "TEXT" => trained.Text,
        "OUT" => shell["out"],
        "OUT2" => shell["out2"],
        "PIPE" => shell["pipe"],
        "PIPELINE" => Path.Combine(AppContext.BaseDirectory, "next-word.zip"),
        "WEIGHTS" => trained.Shell["weights"],
        "WORDS" => trained.Shell["words"],
        _ => word,
    })];
}

using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class NamedFilesTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    /// <summary>Other names of a file <c>file</c> in a folder, each made when it is asked for.</summary>
    private static readonly Dictionary<string, Func<Shell, string>> OtherNames = new()
    {
        ["its own"] = shell => shell["file"],
        ["with dots"] = shell => Path.Combine(shell.Folder, ".", "nowhere", "..", "file"),
        ["relative"] = shell => Path.GetRelativePath(Environment.CurrentDirectory, shell["file"]),
        ["symbolic link"] = shell => File.CreateSymbolicLink(shell["link"], "file").FullName,
        ["link to a link"] = shell => File.CreateSymbolicLink(shell["second"], File.CreateSymbolicLink(shell["first"], shell["file"]).FullName).FullName,
        ["through a linked folder"] = shell => Path.Combine(Directory.CreateSymbolicLink(shell["folder"], shell.Folder).FullName, "file"),
        ["hard link"] = shell => HardLink(shell["file"], shell["hard"]),
    };

    /// <summary>Command lines that read <c>IN</c> and write <c>OUT</c>; what else they name is there.</summary>
    private static readonly string[] Commands =
    [
        "train IN --output OUT",
        "train TEXT IN --output OUT",
        "train TEXT --validation IN --output OUT",
        "train TEXT --validation TEXT IN --output OUT",
        "train IN --initial MODEL --output OUT",
        "quantize IN OUT",
        "tune IN --validation TEXT --output OUT",
        "tune MODEL --validation IN --output OUT",
        "tune MODEL --ngram IN --validation TEXT --output OUT",
        "tune MODEL --gradients IN --validation TEXT --output OUT",
        "ensemble MODEL IN --output OUT",
        "extract IN OUT",
        "import IN TEXT --output OUT",
        "import TEXT IN --output OUT",
        "export IN --weights OUT --vocabulary NEW",
        "export IN --weights NEW --vocabulary OUT",
        "export IN --onnx OUT",
    ];

    public static TheoryData<string, string> EveryWay()
    {
        var data = new TheoryData<string, string>();
        foreach (var command in Commands)
            foreach (var name in OtherNames.Keys) data.Add(command, name);
        return data;
    }

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void What_is_read_is_never_written_by_whatever_name(string command, string name)
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["file"]);
        var outcome = Run(shell, command, shell["file"], OtherNames[name](shell));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("one file", outcome.Error);
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(shell["file"]));
        Assert.False(File.Exists(shell["new"]));
    }

    /// <summary>Command lines that read <c>IN</c>, which a shell has opened, and write <c>OUT</c>.</summary>
    public static TheoryData<string, string> EveryInputThatIsOpen()
    {
        var data = new TheoryData<string, string>();
        foreach (var name in (string[])["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "-"])
            foreach (var command in Commands.Where(command => name != "-" || command.StartsWith("train", StringComparison.Ordinal))) data.Add(command, name);
        return data;
    }

    [LinuxTheory]
    [MemberData(nameof(EveryInputThatIsOpen))]
    public void What_standard_input_leads_to_is_never_written(string command, string name)
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["file"]);
        AssertRefused(shell, $"< \"{shell["file"]}\"", command, name, shell["file"]);
    }

    [LinuxTheory]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/1")]
    [InlineData("/proc/self/fd/1")]
    public void What_is_read_is_not_written_by_way_of_standard_output(string name)
    {
        foreach (var command in Commands)
        {
            using var shell = new Shell();
            File.Copy(trained.Model, shell["file"]);
            AssertRefused(shell, $">> \"{shell["file"]}\"", command, shell["file"], name);
        }
    }

    [LinuxFact]
    public void The_length_of_a_model_that_standard_input_leads_to_is_that_of_its_file()
    {
        using var running = RunningCommand.StartRedirected($"< \"{trained.Model}\"", "info", "/dev/stdin", "--json");
        Assert.Equal(new FileInfo(trained.Model).Length, running.Wait().Json.Single().GetProperty("bytes").GetInt64());
    }

    [Theory]
    [InlineData("its own")]
    [InlineData("with dots")]
    [InlineData("relative")]
    [InlineData("symbolic link")]
    [InlineData("through a linked folder")]
    public void Two_outputs_are_never_one_file_even_where_it_does_not_exist(string name)
    {
        using var shell = new Shell();
        var outcome = Run(shell, "export MODEL --weights IN --vocabulary OUT", shell["file"], OtherNames[name](shell));
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("--weights and --vocabulary are one file", outcome.Error);
        Assert.False(File.Exists(shell["file"]));
    }

    [Fact]
    public void A_copy_is_another_file()
    {
        using var shell = new Shell();
        File.Copy(trained.Model, shell["copy"]);
        File.SetLastWriteTimeUtc(shell["copy"], File.GetLastWriteTimeUtc(trained.Model));
        Assert.Equal(0, shell.Run("quantize", trained.Model, shell["copy"]).Code);
    }

    [Fact]
    public void Standard_input_is_read_once()
    {
        using var shell = new Shell();
        var outcome = shell.RunWithInput("a b\n", "train", "-", "--validation", "-", "--output", shell["m.rnnlm"]);
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("Standard input can be read once", outcome.Error);
        Assert.Empty(shell.Files);
    }

    [Theory]
    [InlineData("train NOWHERE --output OUT")]
    [InlineData("train TEXT --validation NOWHERE --output OUT")]
    [InlineData("train TEXT --initial NOWHERE --output OUT")]
    [InlineData("evaluate NOWHERE TEXT")]
    [InlineData("evaluate MODEL NOWHERE")]
    [InlineData("score NOWHERE")]
    [InlineData("score MODEL NOWHERE")]
    [InlineData("predict NOWHERE the")]
    [InlineData("generate NOWHERE the")]
    [InlineData("info NOWHERE")]
    [InlineData("quantize NOWHERE OUT")]
    [InlineData("import NOWHERE TEXT --output OUT")]
    [InlineData("import TEXT NOWHERE --output OUT")]
    [InlineData("export NOWHERE --weights OUT --vocabulary NEW")]
    [InlineData("export NOWHERE --onnx OUT")]
    public void A_file_that_is_not_there_is_named_and_so_is_what_it_was_for(string command)
    {
        using var shell = new Shell();
        var outcome = Run(shell, command.Replace("NOWHERE", "IN"), shell["nowhere"], shell["out"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Matches($"^rnnlm: (TEXT|MODEL|WEIGHTS|VOCABULARY|--validation|--initial): there is no file \".*nowhere\"", outcome.Error);
        Assert.Empty(shell.Files);
    }

    [Fact]
    public void A_model_does_not_come_from_standard_input()
    {
        using var shell = new Shell();
        var outcome = shell.Run("info", "-");
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Equal($"rnnlm: MODEL: there is no file \"-\".{Environment.NewLine}", outcome.Error);
    }

    [Theory]
    [InlineData("train TEXT --output OUT")]
    [InlineData("quantize MODEL OUT")]
    [InlineData("import TEXT TEXT --output OUT")]
    [InlineData("export MODEL --weights OUT --vocabulary NEW")]
    [InlineData("export MODEL --weights NEW --vocabulary OUT")]
    [InlineData("export MODEL --onnx OUT")]
    public void An_output_that_cannot_be_written_is_named_before_anything_is_read(string command)
    {
        using var shell = new Shell();
        var outcome = Run(shell, command, "", shell["missing/file"]);
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("missing", outcome.Error);
        Assert.Contains("there is no folder", outcome.Error);
        Assert.Empty(shell.Files);
    }

    [LinuxTheory]
    [InlineData("/proc/nothing")]
    [InlineData("/proc/self/fd/98765")]
    [InlineData("/dev/fd/98765")]
    public void A_device_that_cannot_be_written_is_named_before_anything_is_read(string device)
    {
        using var shell = new Shell();
        foreach (var command in Commands)
        {
            var outcome = Run(shell, command, shell.Write("input", "the text"), device);
            Assert.Equal(ExitCode.Failed, outcome.Code);
            Assert.Contains($"\"{device}\" cannot be written", outcome.Error);
            Assert.Equal(["input"], shell.Files);
        }
    }

    [LinuxTheory]
    [InlineData("/dev/stdout")]
    [InlineData("/dev/fd/1")]
    [InlineData("/proc/self/fd/1")]
    public void A_pipe_that_is_standard_output_is_written_to(string name)
    {
        using var shell = new Shell();
        using var running = RunningCommand.StartRedirected($"| cat > \"{shell["m.rnnlm"]}\"", "export", trained.Model, "--weights", name, "--vocabulary", shell["words"]);
        Assert.Equal("", running.Wait().Error.Replace(name, "").Replace(shell["words"], "").Replace($"The weights are in \"\", the words in \"\".{Environment.NewLine}", ""));
        Assert.Equal(0, shell.Run("import", shell["m.rnnlm"], shell["words"], "--output", shell["back"]).Code);
    }

    private void AssertRefused(Shell shell, string redirection, string command, string input, string output)
    {
        using var running = RunningCommand.StartRedirected(redirection, Arguments(shell, command, input, output));
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Misused, outcome.Code);
        Assert.Contains("one file", outcome.Error);
        Assert.Equal(File.ReadAllBytes(trained.Model), File.ReadAllBytes(shell["file"]));
    }

    private Outcome Run(Shell shell, string command, string input, string output) => shell.Run(Arguments(shell, command, input, output));

    private string[] Arguments(Shell shell, string command, string input, string output) => [.. command.Split(' ').Select(word => word switch
    {
        "IN" => input,
        "OUT" => output,
        "TEXT" => trained.Text,
        "MODEL" => trained.Model,
        "NEW" => shell["new"],
        _ => word,
    })];

    private static string HardLink(string file, string link)
    {
        using var process = System.Diagnostics.Process.Start(OperatingSystem.IsWindows() ? "fsutil" : "ln",
            OperatingSystem.IsWindows() ? ["hardlink", "create", link, file] : [file, link]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return link;
    }
}

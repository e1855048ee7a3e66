using System.Diagnostics;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>
/// Every command that writes a file, where it cannot: it says so in a line that names the file, what was there before is there yet, and nothing else is.
/// What took long to make is kept elsewhere.
/// </summary>
public sealed class UnwritableTests(ReadableShell readable) : IClassFixture<ReadableShell>
{
    private const string Before = "what was there before";
    private const string NobodyElse = "exec";

    // Nobody: what is forbidden to the user of the tests may be allowed to the superuser.
    private const string AsNobody = "exec setpriv --reuid=65534 --regid=65534 --clear-groups";

    /// <summary>Command lines that write <c>OUT</c>; what else they write is <c>NEW</c>, which is not there. All that they write is longer than 4,096 bytes.</summary>
    private static readonly string[] Commands =
    [
        "train TEXT --output OUT --tokenizer whitespace --layers 1 --embedding 64 --hidden 64 --epochs 1 --batch 2 --window 5 --threads 1",
        "quantize MODEL OUT",
        "extract PIPELINE OUT",
        "import WEIGHTS WORDS --output OUT",
        "export MODEL --weights OUT --vocabulary NEW",
        "export MODEL --weights NEW --vocabulary OUT",
        "export MODEL --onnx OUT",
    ];

    private static string Unprivileged => Environment.IsPrivilegedProcess ? AsNobody : NobodyElse;

    public static TheoryData<string> EveryCommand() => [.. Commands];

    [LinuxTheory]
    [MemberData(nameof(EveryCommand))]
    public void Where_the_folder_may_not_be_written_to(string command)
    {
        using var shell = Prepared();
        if (!CanRun(shell, Unprivileged)) return;
        foreach (var isThere in (bool[])[true, false])
        {
            if (!isThere) File.Delete(shell["folder/out"]);
            SetMode(shell["folder"], "0555");
            var outcome = Run(shell, Unprivileged, command);
            SetMode(shell["folder"], "0777");
            AssertRefused(outcome, shell, "denied", isThere);
        }
    }

    [LinuxTheory]
    [MemberData(nameof(EveryCommand))]
    public void Where_the_file_may_not_be_written_to(string command)
    {
        using var shell = Prepared();
        if (!CanRun(shell, Unprivileged)) return;
        SetMode(shell["folder/out"], "0444");
        AssertRefused(Run(shell, Unprivileged, command), shell, "denied");
    }

    [LinuxTheory]
    [MemberData(nameof(EveryCommand))]
    public void Where_the_folder_may_not_be_looked_into(string command)
    {
        using var shell = Prepared();
        if (!CanRun(shell, Unprivileged)) return;
        SetMode(shell["folder"], "0000");
        var outcome = Run(shell, Unprivileged, command);
        SetMode(shell["folder"], "0777");
        AssertRefused(outcome, shell, "cannot be written");
    }

    [LinuxTheory]
    [MemberData(nameof(EveryCommand))]
    public void Where_files_may_not_be_so_long(string command)
    {
        using var shell = Prepared();
        // The runtime's own memory is a file for it, unless it is told otherwise. Blocks are of 512 bytes.
        var outcome = Run(shell, "ulimit -f 8; export DOTNET_EnableWriteXorExecute=0; exec", command);
        // Of a model that is yet to be trained it is known before.
        var isTrained = command.StartsWith("train", StringComparison.Ordinal);
        AssertRefused(outcome, shell, isTrained ? "the process may write no file longer than 4,096 (ulimit -f)." : "would be longer than", kept: IsKept(command) ? false : null);
        Assert.DoesNotContain("Training begins", outcome.Error);
    }

    [LinuxTheory]
    [MemberData(nameof(EveryCommand))]
    public void Where_the_disk_is_full(string command)
    {
        using var shell = Prepared();
        File.Delete(shell["folder/out"]);
        // A page for what is there and one for what is new.
        if (!Succeeds("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", shell["folder"])) return; // which only some may do
        try
        {
            File.WriteAllText(shell["folder/out"], Before);
            var outcome = Run(shell, NobodyElse, command);
            AssertRefused(outcome, shell, "cannot be written", kept: IsKept(command) ? true : null);
        }
        finally
        {
            Assert.True(Succeeds("umount", shell["folder"]));
        }
    }

    [LinuxTheory]
    [InlineData("train PIPE --output OUT --tokenizer whitespace --epochs 1 --hidden 8 --embedding 8 --threads 1", "TEXT")]
    [InlineData("quantize PIPE OUT", "MODEL")]
    [InlineData("import WEIGHTS PIPE --output OUT", "WORDS")]
    [InlineData("export PIPE --weights OUT --vocabulary NEW", "MODEL")]
    [InlineData("export PIPE --weights NEW --vocabulary OUT", "MODEL")]
    [InlineData("export PIPE --onnx OUT", "MODEL")]
    public void Where_the_folder_vanishes_while_the_command_reads(string command, string content)
    {
        using var shell = Prepared();
        Assert.True(Succeeds("mkfifo", shell["pipe"]));
        using var running = RunningCommand.StartAfter(NobodyElse, shell["temporary"], Arguments(command, shell));
        // Opened by both, so the command has seen that it may write.
        using (var pipe = new FileStream(shell["pipe"], FileMode.Open, FileAccess.Write))
        {
            Directory.Delete(shell["folder"], recursive: true);
            pipe.Write(File.ReadAllBytes(Arguments(content, shell)[0]));
        }
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Failed, outcome.Code);
        Assert.Contains("cannot be written: there is no folder", outcome.Error);
        Assert.False(Directory.Exists(shell["folder"]));
        Assert.Empty(Temporary(shell));
    }

    private static bool IsKept(string command) => command.StartsWith("extract", StringComparison.Ordinal);

    /// <summary>A shell with folders for what commands write, the one with a file in it.</summary>
    private static Shell Prepared()
    {
        var shell = new Shell();
        SetMode(shell.Folder, "0755");
        foreach (var name in (string[])["folder", "temporary"])
        {
            Directory.CreateDirectory(shell[name]);
            SetMode(shell[name], "0777");
        }
        File.WriteAllText(shell["folder/out"], Before);
        SetMode(shell["folder/out"], "0666");
        return shell;
    }

    private Outcome Run(Shell shell, string before, string command)
    {
        using var running = RunningCommand.StartAfter(before, shell["temporary"], Arguments(command, shell));
        return running.Wait();
    }

    private static void AssertRefused(Outcome outcome, Shell shell, string reason, bool isThere = true, bool? kept = null)
    {
        Assert.Equal((ExitCode.Failed, ""), (outcome.Code, outcome.Output));
        var said = Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("rnnlm: ", StringComparison.Ordinal));
        Assert.Contains((string[])["out", "new"], name => said.Contains($"\"{shell[$"folder/{name}"]}\" cannot be written", StringComparison.Ordinal));
        Assert.Contains(reason, said);
        Assert.Equal(isThere ? (string[])["out"] : [], Directory.GetFileSystemEntries(shell["folder"]).Select(Path.GetFileName));
        if (isThere) Assert.Equal(Before, File.ReadAllText(shell["folder/out"]));
        Assert.Equal(kept == true, said.Contains("The model is in", StringComparison.Ordinal));
        Assert.Equal(kept == false, said.Contains("nor could the model be kept in another place", StringComparison.Ordinal));
        Assert.Equal(kept == true ? 1 : 0, Temporary(shell).Count(file => LanguageModel.Load(Path.Combine(file, "out")) is not null));
    }

    private static string[] Temporary(Shell shell) => Directory.GetFileSystemEntries(shell["temporary"], "rnnlm-*");

    private string[] Arguments(string command, Shell shell) => [.. command.Split(' ').Select(word => word switch
    {
        "OUT" => shell["folder/out"],
        "NEW" => shell["folder/new"],
        "TEXT" => readable["text"],
        "MODEL" => readable["model"],
        "PIPELINE" => readable["pipeline"],
        "WEIGHTS" => readable["weights"],
        "WORDS" => readable["words"],
        "PIPE" => shell["pipe"],
        _ => word,
    })];

    /// <summary>Whether whoever the command is run as may run it at all: the folders above it may be closed to others.</summary>
    private static bool CanRun(Shell shell, string before)
    {
        using var running = RunningCommand.StartAfter(before, shell["temporary"], "--version");
        return running.Wait().Code == 0;
    }

    private static void SetMode(string path, string mode) => ReadableShell.SetMode(path, mode);

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}

/// <summary>A folder with all that commands read, which everybody may read. Its words are long, so that no file that is written is short.</summary>
public sealed class ReadableShell : IDisposable
{
    private readonly Shell shell = new();

    public ReadableShell()
    {
        var text = shell.Write("text", string.Concat(Enumerable.Repeat(string.Join(' ', "abcdefgh".Select(letter => new string(letter, 1000))) + "\n", 10)));
        Assert.Equal(0, shell.Run(TrainedShell.SmallTraining(text, shell["model"], epochs: 1)).Code);
        Assert.Equal(0, shell.Run("export", shell["model"], "--weights", shell["weights"], "--vocabulary", shell["words"]).Code);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "next-word.zip"), shell["pipeline"]);
        if (OperatingSystem.IsWindows()) return;
        foreach (var name in shell.Files) SetMode(shell[name], "0644");
        SetMode(shell.Folder, "0755");
    }

    public string this[string name] => shell[name];

    public static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    public void Dispose() => shell.Dispose();
}

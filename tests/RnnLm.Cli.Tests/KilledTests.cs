using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

/// <summary>Commands that are killed in the midst of writing, and commands that write one file at once.</summary>
public sealed class KilledTests(LargeModel large) : IClassFixture<LargeModel>
{
    private const int Killed = 128 + 9;
    private const int MostAttempts = 50;

    [LinuxFact]
    public void A_command_that_is_killed_leaves_the_old_file_and_what_the_next_one_removes()
    {
        using var shell = new Shell();
        File.WriteAllText(shell["words"], "before");
        using (var running = ExportToPipe(shell))
        {
            running.Kill();
            Assert.Equal(Killed, running.Wait().Code);
        }
        Assert.Equal("before", File.ReadAllText(shell["words"]));
        Assert.Matches(@"^\.words\.[0-9a-f]{8}\.tmp$", Assert.Single(shell.Files, name => name != "words"));

        // One that fails for another reason, but sees that it may write, removes it too.
        Assert.Equal(ExitCode.Failed, shell.Run("export", shell.Write("broken", "no model"), "--weights", shell["weights"], "--vocabulary", shell["words"]).Code);
        Assert.Equal(["broken", "words"], shell.Files);
        Assert.Equal(0, shell.Run("export", large.Path, "--weights", shell["weights"], "--vocabulary", shell["words"]).Code);
        Assert.Equal(["broken", "weights", "words"], shell.Files);
        Assert.Equal(large.Words, File.ReadAllText(shell["words"]));
    }

    [LinuxFact]
    public void Of_two_commands_that_write_one_file_at_once_both_succeed()
    {
        using var shell = new Shell();
        using var slow = ExportToPipe(shell);
        Assert.Equal(0, shell.Run("export", large.Path, "--weights", shell["weights"], "--vocabulary", shell["words"]).Code);
        Assert.Equal(3, shell.Files.Count());
        File.WriteAllText(shell["words"], "in between");
        // Once its weights are read it goes on.
        var outcome = slow.Wait();
        Assert.Equal((0, ""), (outcome.Code, outcome.Error.Split("The weights are in")[0]));
        Assert.Equal(["weights", "words"], shell.Files);
        Assert.Equal(large.Words, File.ReadAllText(shell["words"]));
    }

    [LinuxTheory]
    [InlineData("quantize MODEL OUT")]
    [InlineData("export MODEL --weights OUT --vocabulary WORDS")]
    [InlineData("export MODEL --onnx OUT")]
    [InlineData("import WEIGHTS VOCABULARY --output OUT")]
    public void Whenever_a_command_is_killed_there_is_the_old_file_or_the_new_one_and_it_can_be_run_again(string command)
    {
        using var shell = new Shell();
        Assert.Equal(0, shell.Run("export", large.Path, "--weights", shell["in.weights"], "--vocabulary", shell["in.words"]).Code);
        string[] arguments = [.. command.Split(' ').Select(word => word switch
        {
            "MODEL" => large.Path,
            "OUT" => shell["out"],
            "WORDS" => shell["words"],
            "WEIGHTS" => shell["in.weights"],
            "VOCABULARY" => shell["in.words"],
            _ => word,
        })];
        Assert.Equal(0, shell.Run(arguments).Code);
        var (files, whole) = (shell.Files.ToArray(), File.ReadAllBytes(shell["out"]));

        var left = 0;
        for (var attempt = 0; left == 0; attempt++)
        {
            Assert.InRange(attempt, 0, MostAttempts);
            File.WriteAllText(shell["out"], "before");
            using (var running = RunningCommand.Start(arguments))
            {
                // Not the file that shows whether it can be written, which is empty, but that of the content.
                running.WaitUntil(() => new DirectoryInfo(shell.Folder).EnumerateFiles(".out.*.tmp").Any(file => file is { Exists: true, Length: > 0 }));
                running.Kill();
                Assert.InRange(running.Wait().Code, 0, Killed);
            }
            var content = File.ReadAllBytes(shell["out"]);
            Assert.True(content.AsSpan().SequenceEqual("before"u8) || content.AsSpan().SequenceEqual(whole));
            left = shell.Files.Count(name => name.EndsWith(".tmp", StringComparison.Ordinal));
        }
        Assert.Equal(0, shell.Run(arguments).Code);
        Assert.Equal(files, shell.Files);
        Assert.Equal(whole, File.ReadAllBytes(shell["out"]));
    }

    /// <summary>An export that has written the words to a temporary file, and waits for somebody to read its weights.</summary>
    private RunningCommand ExportToPipe(Shell shell)
    {
        var running = RunningCommand.Start("export", large.Path, "--weights", "/dev/stdout", "--vocabulary", shell["words"]);
        running.WaitUntil(() => new DirectoryInfo(shell.Folder).EnumerateFiles(".words.*.tmp").Any(file => file.Exists && file.Length == large.Words.Length));
        return running;
    }
}

/// <summary>A model that takes a while to be written, and does not fit into a pipe.</summary>
public sealed class LargeModel : IDisposable
{
    private const int VocabularySize = 2000;

    private readonly Shell shell = new();

    public LargeModel()
    {
        var vocabulary = new Vocabulary(["<unk>", "<eos>", .. Enumerable.Range(2, VocabularySize - 2).Select(id => $"w{id}")]);
        var shape = new NetworkShape { Cell = CellKind.Lstm, VocabularySize = VocabularySize, EmbeddingSize = 400, HiddenSize = 400, Layers = 2 };
        var weights = new NetworkWeights(shape);
        var random = new Random(1);
        foreach (var parameter in weights.Parameters)
            for (var i = 0; i < parameter.Values.Length; i++) parameter.Values[i] = random.NextSingle() - 0.5f;
        new LanguageModel(Tokenizer.Whitespace, vocabulary, weights).Save(Path);
        Words = string.Concat(vocabulary.Select(word => $"{word}\n"));
    }

    public string Path => shell["model.rnnlm"];

    public string Words { get; }

    public void Dispose() => shell.Dispose();
}

using System.Text;
using System.Text.Json.Nodes;
using RnnLm.Cli.Output;

namespace RnnLm.Cli.Tests;

public sealed class EncodeTests(TrainedShell trained) : IClassFixture<TrainedShell>
{
    private Shell Shell => trained.Shell;

    [Fact]
    public void Training_on_a_corpus_gives_the_model_of_training_on_its_text()
    {
        var corpus = Shell["text.corpus"];
        var outcome = Shell.Run("encode", trained.Text, "--tokenizer", "whitespace", "--output", corpus, "--json");
        var saved = outcome.Json.Single();
        Assert.Equal((ExitCode.Done, ""), (outcome.Code, outcome.Error));
        Assert.Equal((480, 60, 0), (saved.GetProperty("words").GetInt32(), saved.GetProperty("lines").GetInt32(), saved.GetProperty("unknown").GetInt32()));
        Assert.Equal(new FileInfo(corpus).Length, saved.GetProperty("bytes").GetInt64());

        var held = Shell["held-out.corpus"];
        Assert.Contains("The corpus is in", Shell.Run("encode", trained.Text, "--vocabulary-of", corpus, "--output", held).Error, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(corpus), File.ReadAllBytes(held));

        foreach (var validation in (string[])[trained.Text, held])
        {
            string[] arguments = [.. TrainedShell.SmallTraining(corpus, Shell["of-corpus.rnnlm"]), "--validation", validation];
            Assert.Equal(0, Shell.Run(arguments).Code);
            Assert.Equal(WeightsOf(trained.Model), WeightsOf(Shell["of-corpus.rnnlm"]));
        }
    }

    [Fact]
    public void Training_goes_on_from_a_model_and_from_checkpoints_with_a_corpus()
    {
        var corpus = Shell["model.corpus"];
        Assert.Equal(0, Shell.Run("encode", trained.Text, "--vocabulary-of", trained.Model, "--output", corpus).Code);
        string[] flags = ["--epochs", "1", "--batch", "2", "--threads", "1"];
        Assert.Equal(0, Shell.Run(["train", corpus, "--initial", trained.Model, "--output", Shell["further.rnnlm"], .. flags]).Code);
        Assert.Equal(0, Shell.Run(["train", trained.Text, "--initial", trained.Model, "--output", Shell["expected.rnnlm"], .. flags]).Code);
        Assert.Equal(WeightsOf(Shell["expected.rnnlm"]), WeightsOf(Shell["further.rnnlm"]));

        string[] run = ["train", corpus, "--output", Shell["run.rnnlm"], "--checkpoint", Shell["run"], "--preset", "plain", "--hidden", "8", "--embedding", "8", "--batch", "2", "--threads", "1"];
        Assert.Equal(0, Shell.Run([.. run, "--epochs", "1"]).Code);
        Assert.Equal(0, Shell.Run("train", "--resume", Shell["run"], "--epochs", "2").Code);
    }

    [Theory]
    [InlineData("train TEXT CORPUS --output OUT", ExitCode.Failed, "is an encoded corpus, which is read alone")]
    [InlineData("train CORPUS --output OUT --tokenizer characters", ExitCode.Misused, "that of the corpus is whitespace, normalization nfc. Leave --tokenizer out: the corpus's is taken.")]
    [InlineData("train CORPUS --output OUT --vocabulary-size 10", ExitCode.Misused, "--vocabulary-size does not go with an encoded corpus")]
    [InlineData("train CORPUS --output OUT --initial MODEL --extend-vocabulary", ExitCode.Misused, "--extend-vocabulary does not go with an encoded corpus")]
    [InlineData("train OTHER --output OUT --initial MODEL", ExitCode.Misused, "TEXT is an encoded corpus of another tokenizer or vocabulary than that of the initial model")]
    [InlineData("train CORPUS --output OUT --validation OTHER", ExitCode.Misused, "--validation is an encoded corpus of another tokenizer or vocabulary than that of the corpus")]
    [InlineData("train BROKEN --output OUT", ExitCode.Failed, "The file has been altered or damaged")]
    [InlineData("train CUT --output OUT", ExitCode.Failed, "cannot be opened. The file is cut short: its tensors are")]
    [InlineData("encode TEXT --vocabulary-of MODEL --output OUT --minimum-count 2", ExitCode.Misused, "--minimum-count does not go with --vocabulary-of")]
    [InlineData("encode TEXT --vocabulary-of MODEL --output OUT --tokenizer characters", ExitCode.Misused, "Leave --tokenizer out")]
    [InlineData("encode TEXT --output TEXT", ExitCode.Misused, "are one file")]
    [InlineData("encode CORPUS --output OUT", ExitCode.Failed, "safetensors format")]
    public void What_does_not_go_with_a_corpus_is_refused(string command, int code, string fault)
    {
        using var shell = new Shell();
        Assert.Equal(0, shell.Run("encode", trained.Text, "--tokenizer", "whitespace", "--output", shell["text.corpus"]).Code);
        Assert.Equal(0, shell.Run("encode", trained.Text, "--tokenizer", "characters", "--output", shell["other.corpus"]).Code);
        var broken = File.ReadAllBytes(shell["text.corpus"]);
        File.WriteAllBytes(shell["cut.corpus"], broken[..^1]);
        broken[^1] ^= 1;
        File.WriteAllBytes(shell["broken.corpus"], broken);
        var outcome = shell.Run([.. command.Split(' ').Select(word => word switch
        {
            "TEXT" => trained.Text,
            "MODEL" => trained.Model,
            "OUT" => shell["out"],
            "CORPUS" => shell["text.corpus"],
            "OTHER" => shell["other.corpus"],
            "BROKEN" => shell["broken.corpus"],
            "CUT" => shell["cut.corpus"],
            _ => word,
        })]);
        Assert.Equal((code, ""), (outcome.Code, outcome.Output));
        Assert.Contains(fault, outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(shell["out"]));
    }

    [Fact]
    public void Text_that_was_damaged_before_it_is_encoded_is_warned_of()
    {
        var text = Shell.Write("damaged.txt", "caf\uFFFD \uFFFD b\ncaf\u00E9\n");
        foreach (var flags in (string[][])[[], ["--vocabulary-of", trained.Model]])
        {
            var outcome = Shell.Run(["encode", text, "--output", Shell["damaged.corpus"], .. flags]);
            Assert.Equal(ExitCode.Done, outcome.Code);
            Assert.Contains("1 line of the text has the character U+FFFD in it, which stands for bytes that were no text", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Subwords_are_learned_for_a_corpus_until_the_token_of_their_options_ends_it()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var subwords = new SubwordOptions { VocabularySize = 1_000, CancellationToken = source.Token };
        Assert.Throws<OperationCanceledException>(() => EncodedCorpus.Write(Shell["cancelled.corpus"], subwords, [TrainedShell.Sentence]));
        Assert.False(File.Exists(Shell["cancelled.corpus"]));
    }

    [LinuxFact]
    public void What_is_kept_while_a_corpus_is_written_is_for_its_owner_alone()
    {
        using var shell = new Shell();
        var modes = new List<UnixFileMode>();
        EncodedCorpus.Write(shell["text.corpus"], Tokenizer.Whitespace, Lines());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, Assert.Single(modes));

        IEnumerable<string> Lines()
        {
            modes.AddRange(Directory.GetFiles(shell.Folder, "*.tmp").Select(path => new FileInfo(path).UnixFileMode));
            yield return TrainedShell.Sentence;
        }
    }

    [LinuxFact]
    public void What_is_kept_while_a_corpus_is_written_may_be_longer_than_files_may_be()
    {
        using var shell = new Shell();
        var text = shell.Write("text.txt", string.Concat(Enumerable.Repeat(TrainedShell.Sentence + "\n", 1000)));
        using var running = RunningCommand.StartWithoutRoom(8, "encode", text, "--output", shell["text.corpus"]);
        var outcome = running.Wait();
        Assert.Equal((ExitCode.Failed, ""), (outcome.Code, outcome.Output));
        Assert.Contains($"rnnlm: \"{shell["text.corpus"]}\" cannot be written: a temporary file beside it would be longer than its file system, or a limit of the process, allows.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(["text.txt"], shell.Files);
    }

    [LinuxFact]
    [Trait("Category", "Slow")]
    public void A_corpus_ten_times_as_long_as_memory_is_learned_from()
    {
        const string MemoryLimit = "0x2000000"; // 32 MiB
        const long Ids = 10L * 0x2000000 / sizeof(int);
        using var shell = new Shell();
        EncodedCorpus.Write(shell["short.corpus"], Tokenizer.Whitespace, Enumerable.Range(0, 50_000).Select(line => string.Join(' ', Enumerable.Range(0, 19).Select(word => $"w{(line + (7 * word)) % 98}"))));
        Repeat(shell["short.corpus"], Ids, shell["long.corpus"]);
        using var running = RunningCommand.StartAfter(
            $"export DOTNET_GCHeapHardLimit={MemoryLimit}; exec", shell.Folder, "train", shell["long.corpus"], "--output", shell["m.rnnlm"], "--json", "--preset", "plain",
            "--hidden", "8", "--embedding", "8", "--layers", "1", "--batch", "32", "--window", "20", "--epochs", "1", "--threads", "1", "--learning-rate", "0.1", "--optimizer", "sgd");
        running.ReadUntil("\"event\":\"progress\"");
        if (!running.Signal(2)) return; // as after nohup
        var outcome = running.Wait();
        Assert.Equal(ExitCode.Interrupted, outcome.Code);
        Assert.DoesNotContain("memory", outcome.Error, StringComparison.OrdinalIgnoreCase);
    }

    private byte[] WeightsOf(string model)
    {
        Assert.Equal(0, Shell.Run("export", model, "--weights", Shell["weights"], "--vocabulary", Shell["words"]).Code);
        return File.ReadAllBytes(Shell["weights"]);
    }

    /// <summary>Writes a corpus that repeats another until it has so many ids; it has no checksum.</summary>
    private static void Repeat(string corpus, long least, string longer)
    {
        var file = File.ReadAllBytes(corpus);
        var start = sizeof(long) + (int)BitConverter.ToInt64(file);
        var header = JsonNode.Parse(file.AsSpan(sizeof(long)..start))!.AsObject();
        var ids = (int)header["ids"]!["data_offsets"]![1]!;
        var times = (least * sizeof(int) + ids - 1) / ids;
        header["__metadata__"]!.AsObject().Remove("crc32c");
        foreach (var (name, tensor) in header.Where(entry => entry.Key != "__metadata__"))
        {
            foreach (var place in (int[])[0, 1])
                if (name != "ids" || place == 1) tensor!["data_offsets"]![place] = (long)tensor["data_offsets"]![place]! + ((times - 1) * ids);
        }
        header["ids"]!["shape"] = new JsonArray(times * ids / sizeof(int));
        var json = Encoding.UTF8.GetBytes(header.ToJsonString());
        var padded = (json.Length + 7) / 8 * 8;
        using var stream = File.Create(longer);
        stream.Write(BitConverter.GetBytes((long)padded));
        stream.Write(json);
        stream.Write(Encoding.UTF8.GetBytes(new string(' ', padded - json.Length)));
        for (var time = 0L; time < times; time++) stream.Write(file, start, ids);
        stream.Write(file.AsSpan(start + ids));
    }
}

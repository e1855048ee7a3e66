using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace RnnLm.Training.Tests.Checkpoints;

public sealed class DamagedCheckpointTests : IDisposable
{
    private readonly TemporaryFolder temporary = new();
    private readonly Rehearsal whole = Rehearsal.Train(Rehearsal.Options());

    public void Dispose() => temporary.Dispose();

    public static TheoryData<string, string> Damages => new()
    {
        { "empty", "It is empty." },
        { "cut short to 5", "It is cut short: it has 5 bytes, fewer than the 8 it begins with." },
        { "cut short to 9", "It is cut short: its header is to be" },
        { "cut short to 2000", "It is cut short: its header is to be" },
        { "cut short by 1", "The file is cut short: its tensors are" },
        { "longer by 1", "It goes on after its last tensor." },
        { "text", "It does not begin with a safetensors header." },
        { "long text", "Its header would be" },
        { "zip", "It is a zip archive." },
        { "model", "This is a safetensors file but not a checkpoint" },
        { "newer", "The checkpoint was written by a newer version: it has format version 2; this program reads up to 1." },
        { "last bit", "It has been altered or damaged: its checksum is" },
        { "not finite", "The tensor \"engine.weights.output_bias\" is not all finite numbers." },
        { "folder", "It is a folder." },
        { "dangling link", "" },
        { "pipe", "It is a pipe." },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damaged_checkpoint_is_passed_over_for_the_one_before(string damage, string told)
    {
        if (damage is "pipe" or "dangling link" && OperatingSystem.IsWindows()) return;
        Break(3);
        var newest = CheckpointFolder.PathOf(temporary["run"], 3);
        Damage(newest, damage);
        var resumed = Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.IntervalWindows = 1000);
        resumed.AssertGoesOnAs(whole);
        var resumption = Assert.Single(resumed.Events.OfType<TrainingResumed>());
        Assert.Equal(2, resumption.Step);
        Assert.StartsWith($"\"{newest}\" is no whole checkpoint and was passed over: ", Assert.Single(resumption.PassedOver), StringComparison.Ordinal);
        Assert.Contains(told, resumption.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whichever_byte_is_changed_it_is_noticed()
    {
        Break(2);
        var path = CheckpointFolder.PathOf(temporary["run"], 2);
        var bytes = File.ReadAllBytes(path);
        for (var place = 0; place < bytes.Length; place += place < 6_000 ? 3 : 37)
        {
            bytes[place] ^= (byte)(1 << place % 8);
            File.WriteAllBytes(path, bytes);
            Assert.Throws<ModelFormatException>(() => CheckpointFile.Check(path));
            bytes[place] ^= (byte)(1 << place % 8);
        }
    }

    [Fact]
    public void Where_all_are_damaged_each_is_named_and_none_is_deleted()
    {
        Break(3);
        foreach (var (index, path) in Directory.GetFiles(temporary["run"]).Order(StringComparer.Ordinal).Index()) Damage(path, index == 0 ? "empty" : "text");
        var before = Directory.GetFiles(temporary["run"]);
        foreach (var resumption in (CheckpointResumption[])[CheckpointResumption.IfPresent, CheckpointResumption.Required])
        {
            var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"], checkpoint: checkpoint => checkpoint.Resumption = resumption));
            Assert.StartsWith($"None of the checkpoints in \"{temporary["run"]}\" is whole.", refused.Message, StringComparison.Ordinal);
            foreach (var path in before) Assert.Contains($"\"{path}\" is no whole checkpoint", refused.Message, StringComparison.Ordinal);
        }
        Assert.Equal(before, Directory.GetFiles(temporary["run"]));
    }

    [Fact]
    public void A_damaged_one_never_counts_among_those_that_stay()
    {
        Break(3);
        Damage(CheckpointFolder.PathOf(temporary["run"], 3), "text");
        // It is broken off again before it has come to the damaged one: the one it went on from is the only whole one but for the new.
        File.Move(CheckpointFolder.PathOf(temporary["run"], 3), CheckpointFolder.PathOf(temporary["run"], 6));
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 4 }, checkpoint: checkpoint => checkpoint.Keep = 1);
        Assert.Equal([4, 6], StepsIn(temporary["run"]));
        Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed { Step: 8 }, checkpoint: checkpoint => checkpoint.Keep = 1);
        Assert.Equal([8], StepsIn(temporary["run"]));
        Rehearsal.Train(Rehearsal.Options(), temporary["run"]).AssertGoesOnAs(whole);
    }

    [Fact]
    public void Sizes_that_a_file_only_claims_take_no_memory()
    {
        Directory.CreateDirectory(temporary["run"]);
        var path = CheckpointFolder.PathOf(temporary["run"], 3);
        var header = Encoding.UTF8.GetBytes("""{"engine.weights.embedding":{"dtype":"F32","shape":[2000000000],"data_offsets":[0,8000000000]}}""");
        var bytes = new byte[8 + header.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        File.WriteAllBytes(path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<CheckpointException>(() => CheckpointFolder.Latest(temporary["run"]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    public static TheoryData<string, string> Altered => new()
    {
        { "engine.weights.embedding", "\"engine.weights.embedding\" has 3 values; it must have 150." },
        { "engine.layers.layer2.hidden", "values; they must have 7 each" },
        { "engine.optimizer.first_moments.embedding", "has 3 values; it must have 150." },
        { "engine.layers.streams", "values; they must have 7 each" },
        { "engine.step", "\"engine.step\" is 0.5; it must be a whole number from 0 on." },
        { "epoch.windows", "windows of epoch 1 have" },
        { "epoch.words", "windows of epoch 1 have" },
        { "selection.best.has_weights", "is missing." },
        { "history.results", "which is no whole number of epochs" },
        { "step", "Its state is that after step 4, and its record tells of step 3." },
        { "epoch.is_complete", "is complete and has" },
        { "selection.best.cross_entropy", "it must be at least 0." },
        { "learning_rate.value", "it must be a finite number from 0 on." },
        { "history.times", "numbers that no epoch can have" },
        { "clock.elapsed_ticks", "it must be a whole number from 0 on" },
    };

    [Theory]
    [MemberData(nameof(Altered))]
    public void A_whole_file_that_is_not_of_such_a_run_is_refused(string name, string told)
    {
        Break(3);
        ChangedCheckpoint.Rewrite(CheckpointFolder.PathOf(temporary["run"], 3), values =>
        {
            if (name == "history.results") values.Set(name, new byte[3]);
            else if (name == "history.times") values.Set("history.results", Enumerable.Repeat((byte)0x7f, 96).ToArray());
            else if (!values.HasNumber(name)) values.Set(name, new float[3]);
            else values.Set(name, name switch { "engine.step" => 0.5, "selection.best.cross_entropy" or "learning_rate.value" => -1, "clock.elapsed_ticks" => double.NaN, "engine.layers.streams" => 1e12, _ => 4 });
        });
        var refused = Assert.Throws<CheckpointException>(() => Rehearsal.Train(Rehearsal.Options(), temporary["run"]));
        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Contains(CheckpointFolder.PathOf(temporary["run"], 3), refused.Message, StringComparison.Ordinal);
    }

    private void Break(int step)
        => Rehearsal.Train(Rehearsal.Options(), temporary["run"], cancelAt: happened => happened is TrainingProgressed progressed && progressed.Step == step, checkpoint: checkpoint => checkpoint.Keep = 3);

    private static IEnumerable<int> StepsIn(string folder)
        => Directory.GetFileSystemEntries(folder).Select(path => int.Parse(Path.GetFileNameWithoutExtension(path)["step-".Length..])).Order();

    private void Damage(string path, string damage)
    {
        var bytes = File.ReadAllBytes(path);
        switch (damage)
        {
            case "empty":
                bytes = [];
                break;
            case "cut short by 1":
                bytes = bytes[..^1];
                break;
            case "longer by 1":
                bytes = [.. bytes, 0];
                break;
            case "text":
                bytes = [.. "\u000f\0\0\0\0\0\0\0not a checkpoint"u8];
                break;
            case "long text":
                bytes = [.. "This is not a checkpoint."u8];
                break;
            case "zip":
                bytes = [.. "PK\u0003\u0004 and so on"u8];
                break;
            case "model":
                new LanguageModel(Tokenizer.Whitespace, Rehearsal.Vocabulary, whole.Result!.Weights).Save(path);
                return;
            case "newer":
                bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).Replace("\"format_version\":\"1\"", "\"format_version\":\"2\"", StringComparison.Ordinal));
                break;
            case "last bit":
                bytes[^1] ^= 1;
                break;
            case "not finite":
                WriteNotFinite(path);
                return;
            case "folder":
                File.Delete(path);
                Directory.CreateDirectory(path);
                return;
            case "dangling link":
                File.Delete(path);
                File.CreateSymbolicLink(path, temporary["nothing"]);
                return;
            case "pipe":
                File.Delete(path);
                using (var process = Process.Start("mkfifo", path)) process.WaitForExit();
                return;
            default:
                bytes = bytes[..int.Parse(damage["cut short to ".Length..])];
                break;
        }
        File.WriteAllBytes(path, bytes);
    }

    // Its checksum is right, as it would be of a file that somebody has made.
    private static void WriteNotFinite(string path)
    {
        ChangedCheckpoint.Rewrite(path, values => values.Set("engine.weights.output_bias", Enumerable.Repeat(12345f, Rehearsal.VocabularySize).ToArray()));
        var bytes = File.ReadAllBytes(path);
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, 12345f);
        var place = bytes.AsSpan().IndexOf(number);
        BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(place), float.PositiveInfinity);
        ChangedCheckpoint.Seal(bytes);
        File.WriteAllBytes(path, bytes);
    }
}

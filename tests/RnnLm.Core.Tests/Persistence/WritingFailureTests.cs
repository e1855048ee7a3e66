using System.Text.RegularExpressions;
using RnnLm.Persistence;
using RnnLm.Pipelines;
using RnnLm.PyTorch;
using Xunit.Abstractions;

namespace RnnLm.Tests.Persistence;

/// <summary>Whatever is written to a path, made to fail at each of its operations in turn: the path holds what was there before or all of the new content.</summary>
public sealed partial class WritingFailureTests(ITestOutputHelper output) : IDisposable
{
    private const string Before = "what was there before";
    private const string Left = ".0123abcd.tmp";
    private const int FewestOperations = 20;

    private static readonly Lazy<LanguageModel> Imported = new(() =>
    {
        using var folder = new PyTorch.PyTorchFolder(RandomModels.Model());
        return folder.Import();
    });

    private static readonly Dictionary<string, Action<string[], FileSystem>> Writers = new()
    {
        ["model"] = Saving(ModelFileTests.ModelWithEverything()),
        ["8-bit model"] = Saving(RandomModels.Model().Quantize()),
        ["model with an adaptive softmax"] = Saving(AdaptiveModels.Model(AdaptiveModels.Weights())),
        ["8-bit model with an adaptive softmax"] = Saving(AdaptiveModels.Model(AdaptiveModels.Weights()).Quantize()),
        ["imported model"] = (paths, files) => Saving(Imported.Value)(paths, files),
        ["extracted model"] = (paths, files) => ModelFile.Write(PipelineFile.Read(Pipeline, column: null, index: null, CancellationToken.None), paths[0], files: files),
        ["weights and vocabulary"] = Exporting(RandomModels.Model(CellKind.Gru)),
        ["8-bit weights and vocabulary"] = Exporting(RandomModels.Model().Quantize()),
        ["small pieces"] = (paths, files) => AtomicFile.Write(paths[0], stream =>
        {
            for (byte piece = 0; piece < 20; piece++) stream.WriteByte(piece);
            stream.SetLength(10);
            stream.Position = 0;
            stream.Write("beginning"u8);
        }, files: files),
    };

    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-tests-").FullName;

    private static string Pipeline => Path.Combine(AppContext.BaseDirectory, "Pipelines", "next-word.zip");

    public static TheoryData<string, Failure, bool> EveryWay()
    {
        var data = new TheoryData<string, Failure, bool>();
        foreach (var kind in Writers.Keys)
            foreach (var failure in (Failure[])[Failure.Once, Failure.OnceDone, Failure.Crash, Failure.NoRoom, Failure.TooLong])
                foreach (var isThere in (bool[])[false, true]) data.Add(kind, failure, isThere);
        return data;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(EveryWay))]
    public void Each_operation_may_fail_and_the_old_file_or_the_new_one_is_there_whole(string kind, Failure failure, bool isThere)
    {
        string[] paths = [.. (kind.EndsWith("vocabulary", StringComparison.Ordinal) ? (string[])["weights", "words"] : ["model"]).Select(name => Path.Combine(folder, name))];
        Writers[kind](paths, FileSystem.Real);
        byte[][] whole = [.. paths.Select(File.ReadAllBytes)];
        var failed = new List<string>();
        for (var operation = 1; ; operation++)
        {
            Prepare(paths, isThere);
            var files = new FailingFileSystem(operation, failure);
            var fault = Record.Exception(() => Writers[kind](paths, files));
            if (files.Failed is null)
            {
                Assert.Null(fault);
                AssertWhole(paths, whole);
                break;
            }
            failed.Add(files.Failed);
            AssertLeft(paths, whole, isThere, failure, files.Failed, fault);

            Writers[kind](paths, new FailingFileSystem());
            AssertWhole(paths, whole);
        }
        output.WriteLine($"{failed.Count}: {string.Join(", ", failed)}");
        Assert.InRange(failed.Count, FewestOperations, int.MaxValue);
        foreach (var one in (string[])["look", "look for a folder", "make", "write", "flush to the disk", "list", "move", "delete", "close"]) Assert.Contains(one, failed);
    }

    [Theory]
    [InlineData(Failure.Once, 0)]
    [InlineData(Failure.Once, 1000)]
    [InlineData(Failure.OnceDone, 1000)]
    [InlineData(Failure.Crash, 1000)]
    [InlineData(Failure.NoRoom, 1000)]
    [InlineData(Failure.TooLong, 1000)]
    public void To_see_whether_a_file_can_be_written_changes_nothing_whatever_fails(Failure failure, int bytes)
    {
        string[] paths = [Path.Combine(folder, "model")];
        for (var operation = 1; ; operation++)
        {
            Prepare(paths, isThere: true);
            var files = new FailingFileSystem(operation, failure);
            var fault = Record.Exception(() => AtomicFile.CheckWritable(paths[0], bytes, files));
            Assert.True(fault is null or IOException, $"{fault}");
            Assert.Equal(Before, File.ReadAllText(paths[0]));
            AtomicFile.CheckWritable(paths[0], bytes);
            Assert.Equal(["model"], Names());
            if (files.Failed is not null) continue;
            Assert.Null(fault);
            Assert.InRange(operation, 15, int.MaxValue);
            return;
        }
    }

    private static Action<string[], FileSystem> Saving(LanguageModel model)
        => (paths, files) => ModelFile.Write(new ModelParts(model.Tokenizer, model.Vocabulary, model.Network, model.Training), paths[0], files: files);

    private static Action<string[], FileSystem> Exporting(LanguageModel model)
        => (paths, files) => PyTorchExport.Write(model.Vocabulary, model.Network, paths[0], paths[1], CancellationToken.None, files);

    /// <summary>The old files, or none; and beside each what a killed process left.</summary>
    private void Prepare(string[] paths, bool isThere)
    {
        foreach (var path in Directory.GetFiles(folder)) File.Delete(path);
        foreach (var path in paths)
        {
            if (isThere) File.WriteAllText(path, Before);
            File.WriteAllText(Path.Combine(folder, $".{Path.GetFileName(path)}{Left}"), "left");
        }
    }

    private void AssertLeft(string[] paths, byte[][] whole, bool isThere, Failure failure, string failed, Exception? fault)
    {
        Assert.True(fault is null or IOException, $"{fault}");
        bool[] isNew = [.. paths.Zip(whole, (path, bytes) => IsNew(path, bytes, isThere))];
        // What is done and said to have failed, and what is not done and said to be: no other contradiction.
        if (fault is null) Assert.All(isNew, Assert.True);
        else if (failure == Failure.Once) Assert.False(isNew[^1], failed);
        // Of two files one is new alone only where the other has all but its name.
        if (failure == Failure.Once && isNew.Distinct().Count() > 1) Assert.Equal("move", failed);
        if (fault is not null) Assert.All(paths.Take(1), path => Assert.Contains(Path.GetFileName(paths[^1]), fault.Message));

        var temporary = Names().Except(paths.Select(Path.GetFileName)).ToArray();
        Assert.All(temporary, name => Assert.Matches(TemporaryName(), name));
        Assert.InRange(temporary.Length, 0, 2 * paths.Length);
        // Only where nobody could remove it, or nobody was there to.
        var removes = failure is Failure.Once or Failure.NoRoom or Failure.TooLong && failed is not "delete";
        if (removes) Assert.All(temporary, name => Assert.EndsWith(Left, name));
    }

    private static bool IsNew(string path, byte[] whole, bool isThere)
    {
        if (!File.Exists(path))
        {
            Assert.False(isThere);
            return false;
        }
        var content = File.ReadAllBytes(path);
        if (content.AsSpan().SequenceEqual(whole)) return true;
        Assert.True(isThere);
        Assert.Equal(Before, File.ReadAllText(path));
        return false;
    }

    private void AssertWhole(string[] paths, byte[][] whole)
    {
        Assert.Equal(paths.Select(Path.GetFileName), Names());
        foreach (var (path, bytes) in paths.Zip(whole)) Assert.Equal(bytes, File.ReadAllBytes(path));
    }

    private IEnumerable<string?> Names() => Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^\.(model|weights|words)\.[0-9a-f]{8}\.tmp$")]
    private static partial Regex TemporaryName();
}

using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

public sealed class ModelFileOnDiskTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string name) => Path.Combine(folder, name);

    [Fact]
    public void A_model_is_saved_and_loaded_and_nothing_else_is_left_behind()
    {
        var model = ModelFileTests.ModelWithEverything();
        model.Save(PathOf("model.rnnlm"));
        ModelFileTests.AssertEqual(model, LanguageModel.Load(PathOf("model.rnnlm")));
        Assert.Equal(PathOf("model.rnnlm"), Assert.Single(Directory.GetFileSystemEntries(folder)));
        Assert.Equal(ModelFileTests.FileOf(model), File.ReadAllBytes(PathOf("model.rnnlm")));
    }

    [Fact]
    public void Saving_replaces_an_existing_file()
    {
        File.WriteAllText(PathOf("model.rnnlm"), new string('x', 1_000_000));
        var model = RandomModels.Model();
        model.Save(PathOf("model.rnnlm"));
        ModelFileTests.AssertEqual(model, LanguageModel.Load(PathOf("model.rnnlm")));
    }

    [Fact]
    public void A_write_that_fails_half_way_leaves_the_existing_file_and_nothing_else()
    {
        File.WriteAllText(PathOf("model.rnnlm"), "before");
        var fault = Assert.Throws<IOException>(() => AtomicFile.Write(PathOf("model.rnnlm"), stream =>
        {
            stream.Write(new byte[100_000]);
            throw new IOException("No space left on device.");
        }));
        Assert.Contains(PathOf("model.rnnlm"), fault.Message);
        Assert.Contains("No space left", fault.Message);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(PathOf("other.rnnlm"), _ => throw new InvalidOperationException()));
        Assert.Equal(PathOf("model.rnnlm"), Assert.Single(Directory.GetFileSystemEntries(folder)));
        Assert.Equal("before", File.ReadAllText(PathOf("model.rnnlm")));
    }

    [Fact]
    public void Saving_where_it_cannot_be_names_the_path()
    {
        var model = RandomModels.Model();
        void AssertRefused(string path, string reason)
        {
            var fault = Assert.ThrowsAny<IOException>(() => model.Save(path));
            Assert.Contains(path, fault.Message);
            Assert.Contains(reason, fault.Message);
        }
        AssertRefused(folder, "is a folder");
        AssertRefused(Path.Combine(folder, "absent", "model.rnnlm"), "there is no folder");
        File.WriteAllText(PathOf("file"), "");
        AssertRefused(Path.Combine(folder, "file", "model.rnnlm"), "there is no folder");
        AssertRefused(PathOf(new string('n', 300)), "cannot be written");
        Assert.Equal(PathOf("file"), Assert.Single(Directory.GetFileSystemEntries(folder)));
        Assert.Throws<ArgumentException>(() => model.Save(""));
    }

    [Fact]
    public void Saving_where_it_is_not_allowed_names_the_path()
    {
        // Not even the superuser creates files there.
        if (!OperatingSystem.IsLinux()) return;
        var fault = Assert.ThrowsAny<SystemException>(() => RandomModels.Model().Save("/proc/model.rnnlm"));
        Assert.True(fault is IOException or UnauthorizedAccessException);
        Assert.Contains("\"/proc/model.rnnlm\" cannot be written", fault.Message);
    }

    [Fact]
    public void A_device_is_written_to_and_not_replaced()
    {
        if (!File.Exists("/dev/null")) return;
        RandomModels.Model().Save("/dev/null");
        Assert.Empty(File.ReadAllBytes("/dev/null"));
    }

    [Fact]
    public void A_file_that_is_not_there_or_no_model_is_named()
    {
        Assert.Contains("absent.rnnlm", Assert.Throws<FileNotFoundException>(() => LanguageModel.Load(PathOf("absent.rnnlm"))).Message);
        File.WriteAllText(PathOf("text.rnnlm"), "Call me Ishmael.");
        var fault = Assert.Throws<ModelFormatException>(() => LanguageModel.Load(PathOf("text.rnnlm")));
        Assert.Contains(PathOf("text.rnnlm"), fault.Message);
        Assert.Contains("not a model file", fault.Message);
    }
}

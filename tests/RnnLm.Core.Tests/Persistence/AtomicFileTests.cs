using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

/// <summary>What is written over what. Links, modes and devices are Unix's; Windows has them only for some users.</summary>
public sealed class AtomicFileTests : IDisposable
{
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(params string[] names) => Path.Combine([folder, .. names]);

    private static void Write(string path) => AtomicFile.Write(path, stream => stream.Write("after"u8));

    private string[] Entries() => [.. Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order()];

    [UnixTheory]
    [InlineData("model")]
    [InlineData("./other/../model")]
    [InlineData("other/link")]
    [InlineData("folder/model")]
    public void A_symbolic_link_stays_and_what_it_leads_to_is_replaced(string target)
    {
        Directory.CreateDirectory(PathOf("other"));
        Directory.CreateSymbolicLink(PathOf("folder"), ".");
        File.CreateSymbolicLink(PathOf("other", "link"), "../model");
        File.CreateSymbolicLink(PathOf("link"), target);
        File.WriteAllText(PathOf("model"), "before");
        var entries = Entries();

        AtomicFile.CheckWritable(PathOf("link"), 10);
        Assert.Equal("before", File.ReadAllText(PathOf("model")));
        Write(PathOf("link"));
        Assert.Equal(target, new FileInfo(PathOf("link")).LinkTarget);
        Assert.Null(new FileInfo(PathOf("model")).LinkTarget);
        Assert.Equal("after", File.ReadAllText(PathOf("model")));
        Assert.Equal(entries, Entries());
    }

    [UnixFact]
    public void A_link_that_leads_to_nothing_yet_is_followed()
    {
        File.CreateSymbolicLink(PathOf("link"), PathOf("model"));
        AtomicFile.CheckWritable(PathOf("link"));
        Assert.Equal(["link"], Entries());
        Write(PathOf("link"));
        Assert.Equal("after", File.ReadAllText(PathOf("model")));
        Assert.Equal(PathOf("model"), new FileInfo(PathOf("link")).LinkTarget);
    }

    [UnixTheory]
    [InlineData("absent/model", "there is no folder")]
    [InlineData(".", "is a folder")]
    [InlineData("link", "in a circle")]
    public void A_link_that_leads_nowhere_is_refused_before_and_after(string target, string reason)
    {
        File.CreateSymbolicLink(PathOf("link"), target);
        AssertRefused(PathOf("link"), reason);
        Assert.Equal(["link"], Entries());
        Assert.Equal(target, new FileInfo(PathOf("link")).LinkTarget);
    }

    [UnixTheory]
    [InlineData(OwnerAlone)]
    [InlineData(OwnerAlone | UnixFileMode.GroupRead | UnixFileMode.GroupWrite)]
    [InlineData(OwnerAlone | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite)]
    public void The_mode_of_the_file_that_is_replaced_is_kept(UnixFileMode mode)
    {
        File.WriteAllText(PathOf("model"), "before");
        SetMode(PathOf("model"), mode);
        var whileWriting = default(UnixFileMode);
        AtomicFile.Write(PathOf("model"), stream =>
        {
            whileWriting = new FileInfo(((FileStream)stream).Name).UnixFileMode;
            stream.Write("after"u8);
        });
        Assert.Equal(mode, new FileInfo(PathOf("model")).UnixFileMode);
        Assert.Equal("after", File.ReadAllText(PathOf("model")));
        // Nobody else may read it while it is being written either.
        Assert.Equal(default, whileWriting & ~mode);
    }

    [Theory]
    [InlineData("absent/")]
    [InlineData("absent/.")]
    [InlineData("absent//")]
    [InlineData("model/")]
    [InlineData("model/.")]
    public void The_name_of_a_folder_is_never_that_of_a_file(string name)
    {
        File.WriteAllText(PathOf("model"), "before");
        AssertRefused(PathOf(name), "there is no folder");
        Assert.Equal(["model"], Entries());
        Assert.Equal("before", File.ReadAllText(PathOf("model")));
    }

    [UnixTheory]
    [InlineData(UnixFileMode.SetUser)]
    [InlineData(UnixFileMode.SetGroup)]
    [InlineData(UnixFileMode.StickyBit)]
    [InlineData(UnixFileMode.SetUser | UnixFileMode.SetGroup | UnixFileMode.StickyBit)]
    public void What_lets_a_program_run_as_its_owner_is_not_passed_on(UnixFileMode special)
    {
        const UnixFileMode Mode = OwnerAlone | UnixFileMode.UserExecute | UnixFileMode.GroupExecute;
        File.WriteAllText(PathOf("model"), "before");
        SetMode(PathOf("model"), Mode | special);
        var whileWriting = default(UnixFileMode);
        AtomicFile.Write(PathOf("model"), stream => whileWriting = new FileInfo(((FileStream)stream).Name).UnixFileMode);
        Assert.Equal(Mode, new FileInfo(PathOf("model")).UnixFileMode);
        Assert.Equal(default, whileWriting & ~Mode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_cancelled_in_writing_leaves_everything_as_it_was(bool isThere)
    {
        if (isThere) File.WriteAllText(PathOf("model"), "before");
        var entries = Entries();
        foreach (var goesOn in new[] { true, false })
        {
            using var source = new CancellationTokenSource();
            var written = 0;
            Assert.Throws<OperationCanceledException>(() => AtomicFile.Write(PathOf("model"), stream =>
            {
                for (; written < (goesOn ? 2 : 1); written++)
                {
                    stream.Write("after"u8);
                    source.Cancel();
                }
            }, source.Token));
            Assert.Equal(1, written);
            Assert.Equal(entries, Entries());
            if (isThere) Assert.Equal("before", File.ReadAllText(PathOf("model")));
        }
    }

    [UnprivilegedFact]
    public void A_file_that_is_protected_is_left_alone()
    {
        File.WriteAllText(PathOf("model"), "before");
        SetMode(PathOf("model"), UnixFileMode.UserRead);
        AssertRefused(PathOf("model"), "denied");
        Assert.Equal("before", File.ReadAllText(PathOf("model")));
        Assert.Equal(["model"], Entries());
    }

    [UnixTheory]
    [InlineData("/dev/null")]
    [InlineData("link")]
    public void A_device_is_written_to_and_never_replaced(string name)
    {
        File.CreateSymbolicLink(PathOf("link"), "/dev/null");
        var path = name == "link" ? PathOf(name) : name;
        AtomicFile.CheckWritable(path, long.MaxValue);
        Write(path);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.Equal("/dev/null", new FileInfo(PathOf("link")).LinkTarget);
    }

    [UnixFact]
    public void A_pipe_is_neither_replaced_nor_waited_for()
    {
        using (var process = System.Diagnostics.Process.Start("mkfifo", PathOf("pipe"))) process.WaitForExit();
        AssertRefused(PathOf("pipe"), "it is a pipe");
        Assert.Equal(["pipe"], Entries());
    }

    [Fact]
    public void What_a_killed_process_leaves_behind_tells_what_it_is()
    {
        var temporary = "";
        AtomicFile.Write(PathOf("model.rnnlm"), stream => temporary = Path.GetFileName(((FileStream)stream).Name));
        Assert.Matches(@"^\.model\.rnnlm\.[0-9a-f]{8}\.tmp$", temporary);
    }

    [Theory]
    [InlineData('n', 250)]
    [InlineData('名', 83)]
    public void The_longest_names_that_a_file_system_allows_can_be_written(char letter, int length)
    {
        var path = PathOf(new string(letter, length));
        AtomicFile.CheckWritable(path);
        Write(path);
        Assert.Equal("after", File.ReadAllText(path));
    }

    [Fact]
    public void A_name_that_is_too_long_is_found_out_before()
    {
        AssertRefused(PathOf(new string('n', 300)), "cannot be written");
        Assert.Empty(Entries());
    }

    [Fact]
    public void That_there_is_no_room_is_found_out_before()
    {
        File.WriteAllText(PathOf("model"), "before");
        AtomicFile.CheckWritable(PathOf("model"), 1_000_000);
        var fault = Assert.Throws<IOException>(() => AtomicFile.CheckWritable(PathOf("model"), 1L << 60));
        Assert.StartsWith($"\"{PathOf("model")}\" cannot be written: ", fault.Message);
        Assert.Equal("before", File.ReadAllText(PathOf("model")));
        Assert.Equal(["model"], Entries());
    }

    [Fact]
    public void The_room_that_a_model_takes_is_known_before_it_is_trained()
    {
        foreach (var model in new[] { RandomModels.Model(), ModelFileTests.ModelWithEverything() })
        {
            var length = ModelFileTests.FileOf(model).LongLength;
            Assert.InRange(ModelFile.GreatestLength(model.Shape, model.Vocabulary, model.Tokenizer), length, length + (1 << 16));
        }
    }

    /// <summary>Both before the work and after it, in the same words.</summary>
    private static void AssertRefused(string path, string reason)
    {
        foreach (var refused in new[] { () => AtomicFile.CheckWritable(path), () => Write(path) })
        {
            var fault = Assert.ThrowsAny<SystemException>(refused);
            Assert.StartsWith($"\"{path}\" cannot be written: ", fault.Message);
            Assert.Contains(reason, fault.Message);
        }
    }

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}

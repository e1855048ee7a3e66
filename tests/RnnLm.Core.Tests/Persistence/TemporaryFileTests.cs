using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

/// <summary>What killed processes left, and what living ones are about to finish.</summary>
public sealed class TemporaryFileTests : IDisposable
{
    private const string Left = ".model.0123abcd.tmp";

    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string name) => Path.Combine(folder, name);

    private string[] Names() => [.. Directory.GetFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order(StringComparer.Ordinal)];

    private void Write(FileSystem? files = null) => AtomicFile.Write(PathOf("model"), stream => stream.Write("after"u8), files: files);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_killed_processes_left_of_a_file_is_removed_when_it_is_written_again_or_is_to_be(bool isWritten)
    {
        foreach (var name in (string[])[Left, ".model.00000000.tmp", ".model.ffffffff.tmp"]) File.WriteAllText(PathOf(name), "left");
        File.WriteAllText(PathOf("model"), "before");
        if (isWritten) Write();
        else AtomicFile.CheckWritable(PathOf("model"));
        Assert.Equal(["model"], Names());
        Assert.Equal(isWritten ? "after" : "before", File.ReadAllText(PathOf("model")));
    }

    [Fact]
    public void What_killed_processes_left_makes_room()
    {
        File.WriteAllText(PathOf(Left), "left");
        var seen = true;
        AtomicFile.CheckWritable(PathOf("model"), 1000, new Watched(options => seen = options.PreallocationSize > 0 ? File.Exists(PathOf(Left)) : seen));
        Assert.False(seen);
    }

    [Theory]
    [InlineData(".model.0123abc.tmp")]
    [InlineData(".model.0123abcde.tmp")]
    [InlineData(".model.0123ABCD.tmp")]
    [InlineData(".model.0123abcg.tmp")]
    [InlineData(".model.0123abcd.tmp2")]
    [InlineData(".model.0123abcd.TMP")]
    [InlineData(".model.0123abcd")]
    [InlineData("model.0123abcd.tmp")]
    [InlineData(".models.0123abcd.tmp")]
    [InlineData(".model.2.0123abcd.tmp")]
    [InlineData(".Model.0123abcd.tmp")]
    [InlineData("model.tmp")]
    public void What_has_another_name_stays(string name)
    {
        File.WriteAllText(PathOf(name), "of somebody");
        Write();
        Assert.Equal(new[] { "model", name }.Order(StringComparer.Ordinal), Names());
    }

    [UnixFact]
    public void A_link_a_folder_and_a_pipe_of_such_a_name_stay()
    {
        File.WriteAllText(PathOf("target"), "of somebody");
        File.CreateSymbolicLink(PathOf(".model.00000001.tmp"), "target");
        File.CreateSymbolicLink(PathOf(".model.00000002.tmp"), "absent");
        Directory.CreateSymbolicLink(PathOf(".model.00000003.tmp"), ".");
        Directory.CreateDirectory(PathOf(".model.00000004.tmp"));
        using (var process = System.Diagnostics.Process.Start("mkfifo", PathOf(".model.00000005.tmp"))) process.WaitForExit();
        var names = Names();
        Write();
        Assert.Equal(names.Append("model").Order(StringComparer.Ordinal), Names());
        Assert.Equal("of somebody", File.ReadAllText(PathOf("target")));
    }

    [UnprivilegedFact]
    public void What_may_not_be_opened_stays_and_is_in_nobodys_way()
    {
        File.WriteAllText(PathOf(Left), "of somebody");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(PathOf(Left), UnixFileMode.None);
        Write();
        Assert.Equal([Left, "model"], Names());
    }

    [Fact]
    public void What_a_living_process_writes_stays_and_both_get_their_place()
    {
        AtomicFile.Write(PathOf("model"), outer =>
        {
            outer.Write("outer"u8);
            AtomicFile.CheckWritable(PathOf("model"), 1000);
            AtomicFile.Write(PathOf("model"), inner =>
            {
                inner.Write("inner"u8);
                Assert.Equal(2, Names().Length);
                AtomicFile.CheckWritable(PathOf("model"), 1000);
                Assert.Equal(2, Names().Length);
            });
            Assert.Equal("inner", File.ReadAllText(PathOf("model")));
            Assert.Equal(2, Names().Length);
        });
        Assert.Equal("outer", File.ReadAllText(PathOf("model")));
        Assert.Equal(["model"], Names());
    }

    [Fact]
    public void Between_the_last_byte_and_its_place_a_file_is_not_taken_for_a_left_one()
    {
        AtomicFile.Write(PathOf("model"), stream => stream.Write("outer"u8), beforeRename: () => Write());
        Assert.Equal("outer", File.ReadAllText(PathOf("model")));

        var moves = 0;
        Write(new Watched(move: () => { if (moves++ == 0) AtomicFile.CheckWritable(PathOf("model")); }));
        Assert.Equal("after", File.ReadAllText(PathOf("model")));
        Assert.Equal(["model"], Names());
    }

    [Fact]
    public void A_name_that_is_taken_or_that_somebody_takes_before_it_is_locked_is_replaced_by_another()
    {
        foreach (var interference in (Func<string, FileStreamOptions, FileStream?>[])[
            // By chance there is a file of that name.
            (path, _) => { File.WriteAllText(path, "of somebody"); return null; },
            // Whoever removes what is left has locked it.
            (path, options) =>
            {
                using var taken = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None);
                try
                {
                    return new FileStream(path, FileMode.Open, options.Access, options.Share);
                }
                finally
                {
                    File.Delete(path);
                }
            },
            // Whoever removes what is left has removed it.
            (path, options) =>
            {
                var stream = new FileStream(path, options);
                File.Delete(path);
                return stream;
            },
        ])
        {
            var names = new List<string>();
            Write(new Watched(make: (path, options) =>
            {
                names.Add(path);
                return names.Count <= 3 ? interference(path, options) : null;
            }));
            Assert.Equal(4, names.Distinct().Count());
            Assert.Equal("after", File.ReadAllText(PathOf("model")));
            // A file that happened to have the name is somebody else's, until it is found left.
            Assert.InRange(Names().Length, 1, 1);
        }
    }

    [Fact]
    public void Where_locks_mean_nothing_or_are_not_known_to_mean_something_to_all_nothing_is_removed()
    {
        File.WriteAllText(PathOf(Left), "perhaps being written");
        Write(new Watched(take: (path, options) => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete)));
        Write(new Watched { IsOnThisMachine = false });
        Assert.Equal([Left, "model"], Names());
        Write(new Watched());
        Assert.Equal(["model"], Names());
    }

    [Fact]
    public async Task Any_number_write_and_read_one_file_at_once_and_each_succeeds()
    {
        const int Writers = 4, Times = 40, Length = 20_000;
        File.WriteAllBytes(PathOf("model"), new byte[Length]);
        using var ended = new CancellationTokenSource();
        var reader = Task.Run(() =>
        {
            var read = 0;
            while (!ended.IsCancellationRequested)
            {
                using var stream = Again(() => new FileStream(PathOf("model"), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
                var bytes = new byte[Length + 1];
                Assert.Equal(Length, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
                Assert.Equal(-1, bytes.AsSpan(0, Length).IndexOfAnyExcept(bytes[0]));
                read++;
            }
            return read;
        });
        var writers = Enumerable.Range(1, Writers).Select(writer => Task.Factory.StartNew(() =>
        {
            for (var time = 0; time < Times; time++)
            {
                if (time % 4 == 0) Again(() => AtomicFile.CheckWritable(PathOf("model"), Length));
                Again(() => AtomicFile.Write(PathOf("model"), stream =>
                {
                    for (var part = 0; part < 4; part++) stream.Write(Enumerable.Repeat((byte)writer, Length / 4).ToArray());
                }, files: new FailingFileSystem()));
            }
        }, TaskCreationOptions.LongRunning)).ToArray();
        await Task.WhenAll(writers);
        ended.Cancel();
        Assert.InRange(await reader, 1, int.MaxValue);
        Assert.Equal(["model"], Names());
    }

    private static void Again(Action work) => Again(() =>
    {
        work();
        return true;
    });

    // Whoever looks for what was left may have opened a file just before it got its name, and has it to itself for a moment.
    private static T Again<T>(Func<T> work)
    {
        for (var attempt = 0; attempt < 5; attempt++)
        {
            try
            {
                return work();
            }
            catch (IOException)
            {
                Thread.Yield();
            }
        }
        return work();
    }

    /// <summary>The real file system, in which something happens at an operation.</summary>
    private sealed class Watched(
        Action<FileStreamOptions>? open = null, Func<string, FileStreamOptions, FileStream?>? make = null,
        Func<string, FileStreamOptions, FileStream>? take = null, Action? move = null) : FileSystem
    {
        public bool IsOnThisMachine { get; init; } = true;

        public override FileStream Open(string path, FileStreamOptions options)
        {
            open?.Invoke(options);
            if (options.Mode == FileMode.CreateNew && make?.Invoke(path, options) is { } made) return made;
            if (path.EndsWith(".tmp", StringComparison.Ordinal) && options.Mode == FileMode.Open && take is not null) return take(path, options);
            return base.Open(path, options);
        }

        public override bool IsLocal(string folder) => IsOnThisMachine && base.IsLocal(folder);

        public override void Move(string path, string destination)
        {
            move?.Invoke();
            base.Move(path, destination);
        }
    }
}

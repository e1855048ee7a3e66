using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

/// <summary>How an operation of <see cref="FailingFileSystem"/> fails.</summary>
public enum Failure
{
    /// <summary>It does nothing and throws; the next ones work.</summary>
    Once,

    /// <summary>It is done, and throws all the same; the next ones work.</summary>
    OnceDone,

    /// <summary>Of a write the half is done. From then on everything throws, as where the process is killed: nothing is cleaned up.</summary>
    Crash,

    /// <summary>Of a write the half is done. From then on whatever needs room on the disk throws, and all else works.</summary>
    NoRoom,

    /// <summary>As <see cref="NoRoom"/>; of a file that is there, by the exception that .NET has for one that would be too long.</summary>
    TooLong,

    /// <summary>A read finds the end of the file; the next ones find it too.</summary>
    EndOfFile,
}

/// <summary>The real file system, whose n-th operation fails. Each call is an operation, and each write, read, flush, seek, change of length and closing of a stream.</summary>
/// <param name="failing">The number of the operation that fails, from 1; 0 where none does.</param>
/// <param name="failure">How it fails.</param>
internal sealed class FailingFileSystem(int failing, Failure failure) : FileSystem
{
    /// <summary>A file system that does not fail.</summary>
    public FailingFileSystem()
        : this(failing: 0, Failure.Once)
    {
    }

    /// <summary>A read gives so many bytes at most.</summary>
    public int MostInRead { get; init; } = int.MaxValue;

    /// <summary>The operations in their order.</summary>
    public List<string> Operations { get; } = [];

    /// <summary>The operation that failed; null where so many were not done.</summary>
    public string? Failed => failing > 0 && Operations.Count >= failing ? Operations[failing - 1] : null;

    public override FileStream Open(string path, FileStreamOptions options)
        => Do(options.Mode is FileMode.CreateNew or FileMode.OpenOrCreate ? "make" : "open", () => new FailingStream(this, path, options), stream => stream.CloseQuietly());

    public override FileInfo Look(string path) => Do("look", () => base.Look(path));

    public override bool FolderExists(string path) => Do("look for a folder", () => base.FolderExists(path));

    public override void CreateFolder(string path) => Do("make a folder", () => base.CreateFolder(path));

    public override IEnumerable<string> EntriesIn(string folder) => Do("list", () => base.EntriesIn(folder).ToArray());

    public override bool IsLocal(string folder) => Do("look for the disk", () => base.IsLocal(folder));

    public override void CopyPermissions(FileInfo from, string path) => Do("copy permissions", () => base.CopyPermissions(from, path));

    public override void Move(string path, string destination) => Do("move", () => base.Move(path, destination));

    public override void Delete(string path) => Do("delete", () => base.Delete(path));

    private void Do(string operation, Action work) => Do(operation, () =>
    {
        work();
        return true;
    });

    private T Do<T>(string operation, Func<T> work, Action<T>? undo = null)
    {
        if (!Begin(operation, needsRoom: operation == "make")) return work();
        if (failure == Failure.OnceDone)
        {
            var result = work();
            undo?.Invoke(result);
        }
        throw Fault();
    }

    /// <summary>Counts an operation.</summary>
    /// <returns>Whether it is to fail.</returns>
    private bool Begin(string operation, bool needsRoom)
    {
        Operations.Add(operation);
        return failing > 0 && failure switch
        {
            Failure.Once or Failure.OnceDone => Operations.Count == failing,
            Failure.Crash => Operations.Count >= failing,
            Failure.NoRoom or Failure.TooLong => Operations.Count >= failing && needsRoom,
            _ => Operations.Count >= failing && operation == "read",
        };
    }

    private Exception Fault() => failure == Failure.TooLong && Operations[^1] != "make"
        ? new ArgumentOutOfRangeException("value", $"{failure}: {Operations.Count}, {Operations[^1]}.")
        : new IOException($"{failure}: {Operations.Count}, {Operations[^1]}.");

    /// <summary>A file without a buffer of its own, so that closing it writes nothing.</summary>
    private sealed class FailingStream(FailingFileSystem files, string path, FileStreamOptions options) : FileStream(path, Unbuffered(options))
    {
        private bool isClosed;

        // Of a class derived from it, FileStream hands spans on to the methods that take arrays.
        public override void Write(byte[] buffer, int offset, int count)
        {
            var fails = files.Begin("write", needsRoom: true);
            if (!fails || files.WritesAll) base.Write(buffer, offset, count);
            else if (files.WritesHalf) base.Write(buffer, offset, count / 2);
            if (fails) throw files.Fault();
        }

        public override void WriteByte(byte value) => Write([value], 0, 1);

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (!files.Begin("read", needsRoom: false)) return base.Read(buffer, offset, Math.Min(count, files.MostInRead));
            return files.IsAtEnd ? 0 : throw files.Fault();
        }

        public override int ReadByte()
        {
            var one = new byte[1];
            return Read(one, 0, 1) == 0 ? -1 : one[0];
        }

        public override long Seek(long offset, SeekOrigin origin)
            => files.Begin("seek", needsRoom: false) ? throw files.Fault() : base.Seek(offset, origin);

        public override void SetLength(long value)
        {
            if (files.Begin("set the length", needsRoom: true)) throw files.Fault();
            base.SetLength(value);
        }

        public override void Flush(bool flushToDisk)
        {
            var fails = files.Begin(flushToDisk ? "flush to the disk" : "flush", needsRoom: flushToDisk);
            if (!fails || files.WritesAll) base.Flush(flushToDisk: false); // which no test can tell from the other, but by the time it takes
            if (fails) throw files.Fault();
        }

        /// <summary>Closes it where nobody will, since it was never handed out.</summary>
        public void CloseQuietly()
        {
            isClosed = true;
            Dispose();
        }

        // Whatever happens, a process that ends has closed its files.
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (!disposing || isClosed) return;
            isClosed = true;
            if (files.Begin("close", needsRoom: true)) throw files.Fault();
        }

        private static FileStreamOptions Unbuffered(FileStreamOptions options)
        {
            var unbuffered = new FileStreamOptions
            {
                Mode = options.Mode,
                Access = options.Access,
                Share = options.Share,
                Options = options.Options,
                PreallocationSize = options.PreallocationSize,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows()) unbuffered.UnixCreateMode = options.UnixCreateMode;
            return unbuffered;
        }
    }

    private bool WritesAll => failure == Failure.OnceDone;

    private bool WritesHalf => failure is Failure.Crash or Failure.NoRoom or Failure.TooLong;

    private bool IsAtEnd => failure == Failure.EndOfFile;
}

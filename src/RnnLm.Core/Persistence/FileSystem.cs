namespace RnnLm.Persistence;

/// <summary>
/// The operations on files that writing a file safely, and reading one, is made of: those of the system, each of which may fail. Whatever reads or writes a
/// path is handed one, so that each operation can be made to fail.
/// </summary>
internal class FileSystem
{
    /// <summary>The permissions of a file that holds for a while what somebody's text says: nobody else needs to read it.</summary>
    public const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode KeptMode = (UnixFileMode)0b_111_111_111; // to read, write and execute; not setuid, setgid, sticky
    private const FileAttributes KeptAttributes = FileAttributes.Hidden | FileAttributes.System | FileAttributes.Archive | FileAttributes.NotContentIndexed;

    protected FileSystem()
    {
    }

    /// <summary>The system's own.</summary>
    public static FileSystem Real { get; } = new();

    /// <summary>The permissions of a file that pass on to another in its place; null where they are no part of making a file.</summary>
    public static UnixFileMode? ModeOf(FileInfo file) => OperatingSystem.IsWindows() ? null : file.UnixFileMode & KeptMode;

    /// <summary>Whether an exception is what .NET makes of a write beyond the greatest length of a file.</summary>
    public static bool IsOfLength(ArgumentOutOfRangeException exception) => exception.ParamName == "value";

    /// <summary>Says of a file that it is longer than it may be.</summary>
    /// <param name="subject">What it is called in the sentence.</param>
    public static string TooLong(string subject) => $"{subject} would be longer than its file system, or a limit of the process, allows.";

    /// <summary>Why something could not be written; null where the fault is another.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="subject">What the file is called where it is longer than it may be.</param>
    public static string? WhyNotWritten(Exception fault, string subject) => fault switch
    {
        IOException or UnauthorizedAccessException => fault.Message,
        ArgumentOutOfRangeException ofLength when IsOfLength(ofLength) => TooLong(subject),
        _ => null,
    };

    /// <summary>Whether a file could not be opened because somebody has it locked.</summary>
    public static bool IsOfLock(IOException exception)
    {
        const int OnLinux = 11, OnMacOS = 35, OnWindows = unchecked((int)0x80070020);
        return exception.HResult is OnLinux or OnMacOS or OnWindows;
    }

    /// <summary>How a file is opened that nobody else has open, and locked against all others; it may be deleted all the same.</summary>
    public static FileStreamOptions Alone(FileMode mode, FileAccess access = FileAccess.ReadWrite) => new()
    {
        Mode = mode,
        Access = access,
        Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
        BufferSize = 0,
    };

    /// <summary>Opens a file, or makes it.</summary>
    public virtual FileStream Open(string path, FileStreamOptions options) => new(path, options);

    /// <summary>Opens a file to read it in large pieces, for which a buffer in between would only cost a copy.</summary>
    public FileStream OpenToRead(string path) => Open(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });

    /// <summary>What there is under a path; of a link, the link. What it says is of the time of this call.</summary>
    public virtual FileInfo Look(string path)
    {
        var file = new FileInfo(path);
        file.Refresh();
        return file;
    }

    /// <summary>Whether there is a folder.</summary>
    public virtual bool FolderExists(string path) => Directory.Exists(path);

    /// <summary>Makes a folder, and those on the way to it, where they are not there.</summary>
    public virtual void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>The paths of what is in a folder: files, folders and links.</summary>
    public virtual IEnumerable<string> EntriesIn(string folder) => Directory.EnumerateFileSystemEntries(folder);

    /// <summary>Whether a folder is on a disk, or in the memory, of this machine, so that nobody writes there of whom its locks tell nothing.</summary>
    public virtual bool IsLocal(string folder)
        => !(OperatingSystem.IsWindows() && folder.StartsWith(@"\\", StringComparison.Ordinal))
            && new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).DriveType is DriveType.Fixed or DriveType.Removable or DriveType.Ram;

    /// <summary>Gives a file the permissions that pass on from another.</summary>
    public virtual void CopyPermissions(FileInfo from, string path)
    {
        if (OperatingSystem.IsWindows()) File.SetAttributes(path, from.Attributes & KeptAttributes);
        else File.SetUnixFileMode(path, from.UnixFileMode & KeptMode);
    }

    /// <summary>Gives a file another path, at once; what was there is replaced.</summary>
    public virtual void Move(string path, string destination) => File.Move(path, destination, overwrite: true);

    /// <summary>Deletes a file; nothing happens where there is none.</summary>
    public virtual void Delete(string path) => File.Delete(path);
}

namespace RnnLm.Persistence;

/// <summary>
/// The operations on files that writing a file safely, and reading one, is made of: those of the system, each of which may fail. Whatever reads or writes a
/// path is handed one, so that each operation can be made to fail.
/// </summary>
internal class FileSystem
{
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

    /// <summary>The paths of the files in a folder.</summary>
    public virtual IEnumerable<string> FilesIn(string folder) => Directory.EnumerateFiles(folder);

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

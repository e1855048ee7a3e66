namespace RnnLm.Fuzz.Targets;

/// <summary>Files for what reads paths alone: in memory where the system has a folder there, and gone at the end.</summary>
internal sealed class ScratchFiles
{
    private const string MemoryFolder = "/dev/shm";

    private readonly string folder = Path.Combine(Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath(), $"rnnlm-fuzz-{Guid.NewGuid():N}");

    public ScratchFiles()
    {
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = PathOf(name);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        file.Write(content);
        return path;
    }

    /// <summary>The path of a file.</summary>
    public string PathOf(string name) => Path.Combine(folder, name);
}

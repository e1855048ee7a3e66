namespace RnnLm.Fuzz.Targets;

/// <summary>Files for what reads paths alone: in memory where the system has a folder there, and gone at the end.</summary>
internal sealed class ScratchFiles
{
    private const string MemoryFolder = "/dev/shm";

    private readonly string folder = Path.Combine(Directory.Exists(MemoryFolder) ? MemoryFolder : Path.GetTempPath(), $"rnnlm-fuzz-{Guid.NewGuid():N}");

    private readonly Dictionary<string, FileStream> written = [];

    public ScratchFiles()
    {
        Directory.CreateDirectory(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }

    /// <summary>Writes a file, which stays open: opening costs more than reading what is as short as a seed.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(folder, name);
        if (!written.TryGetValue(name, out var file))
            written.Add(name, file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
        file.Position = 0;
        file.Write(content);
        file.SetLength(content.Length);
        return path;
    }
}

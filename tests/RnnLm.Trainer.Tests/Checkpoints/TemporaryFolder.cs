namespace RnnLm.Training.Tests.Checkpoints;

/// <summary>A folder of its own that is gone at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rnnlm-checkpoints-").FullName;

    /// <summary>A path in it.</summary>
    public string this[string name] => System.IO.Path.Join(Path, name);

    /// <summary>Copies the checkpoints of a folder, as they are now, into a new one.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The new one's name.</param>
    /// <param name="files">Which files; null means all checkpoints.</param>
    public string CopyOf(string folder, string name, string files = "*.checkpoint")
    {
        var copy = Directory.CreateDirectory(this[name]).FullName;
        foreach (var file in Directory.EnumerateFiles(folder, files)) File.Copy(file, System.IO.Path.Join(copy, System.IO.Path.GetFileName(file)));
        return copy;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

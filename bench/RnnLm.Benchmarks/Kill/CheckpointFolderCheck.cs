using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnLm.Benchmarks.Kill;

/// <summary>Looks at what a training has left in the folder of its checkpoints, by no other means than the names and the layout of the files.</summary>
/// <param name="path">The folder; it need not be there.</param>
sealed partial class CheckpointFolderCheck(string path)
{
    // What a training locks while it runs, and a killed one leaves.
    private const string Lock = ".training.lock";

    private string[] Names => Directory.Exists(path) ? [.. Directory.EnumerateFileSystemEntries(path).Select(entry => Path.GetFileName(entry))] : [];

    public bool Exists => Directory.Exists(path);

    /// <summary>The step of the newest checkpoint; null where there is none.</summary>
    public long? NewestStep => Names.Select(name => CheckpointName().Match(name)).Where(match => match.Success)
        .Max(match => (long?)long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    /// <summary>The temporary files.</summary>
    public IEnumerable<string> Temporaries() => Names.Where(name => name.EndsWith(".tmp", StringComparison.Ordinal));

    /// <summary>What is not as it should be, as sentences.</summary>
    /// <param name="greatestCount">How many checkpoints there may be.</param>
    /// <param name="greatestTemporaries">How many temporary files there may be.</param>
    public IEnumerable<string> Faults(int greatestCount, int greatestTemporaries)
    {
        var names = Names;
        var checkpoints = names.Where(name => CheckpointName().IsMatch(name)).ToList();
        var temporaries = Temporaries().ToList();
        if (checkpoints.Count > greatestCount)
            yield return $"There are {checkpoints.Count} checkpoints where there may be {greatestCount}: {string.Join(", ", checkpoints)}.";
        if (temporaries.Count > greatestTemporaries)
            yield return $"There are {temporaries.Count} temporary files where there may be {greatestTemporaries}: {string.Join(", ", temporaries)}.";
        foreach (var other in names.Except(checkpoints).Except(temporaries).Where(name => name != Lock)) yield return $"Nobody knows what \"{other}\" is.";
        foreach (var checkpoint in checkpoints)
            if (FaultOf(Path.Combine(path, checkpoint)) is { } fault) yield return $"\"{checkpoint}\" is not whole: {fault}";
    }

    /// <summary>Whether a file is as long as its header says. Its checksum is for whoever goes on from it.</summary>
    private static string? FaultOf(string file)
    {
        var bytes = File.ReadAllBytes(file);
        if (bytes.Length < sizeof(ulong)) return $"it is {bytes.Length} bytes long.";
        var header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (header > (ulong)(bytes.Length - sizeof(ulong))) return $"its header is {header} bytes long, and the file {bytes.Length}.";
        using var document = JsonDocument.Parse(bytes.AsMemory(sizeof(ulong), (int)header));
        var end = document.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__")
            .Select(entry => entry.Value.GetProperty("data_offsets")[1].GetInt64()).DefaultIfEmpty(0).Max();
        var length = sizeof(ulong) + (long)header + end;
        return length == bytes.Length ? null : $"it should be {length} bytes long, and is {bytes.Length}.";
    }

    [GeneratedRegex(@"^step-(\d{12})\.checkpoint$")]
    private static partial Regex CheckpointName();
}

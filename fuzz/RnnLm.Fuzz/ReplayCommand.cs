using RnnLm.Fuzz.Loop;
using RnnLm.Fuzz.Targets;

namespace RnnLm.Fuzz;

/// <summary>Reads inputs once.</summary>
internal static class ReplayCommand
{
    /// <summary>Reads inputs, and says of each fault what it is.</summary>
    /// <param name="target">The target.</param>
    /// <param name="paths">Files and folders; the seeds where there are none.</param>
    /// <returns>0 where no fault was found.</returns>
    public static int Run(FuzzTarget target, IReadOnlyList<string> paths)
    {
        var inputs = paths.Count == 0
            ? SeedFolder.Read(target)
            : paths.SelectMany(FilesOf).Select(path => (path, File.ReadAllBytes(path)));
        var (read, accepted, faults) = (0, 0, 0);
        foreach (var (name, content) in inputs)
        {
            var outcome = Execution.Run(target, content);
            read++;
            if (outcome.IsAccepted) accepted++;
            if (!outcome.IsFault) continue;
            faults++;
            Console.WriteLine($"Fault: {name}{Environment.NewLine}{outcome.Fault}");
        }
        Console.WriteLine($"{target.Name}: {read} inputs, {accepted} accepted, {faults} faults");
        return faults == 0 ? 0 : 1;
    }

    private static IEnumerable<string> FilesOf(string path) => Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal) : [path];
}

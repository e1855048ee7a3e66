using SharpFuzz;

namespace RnnLm.Fuzz;

/// <summary>A copy of this program whose library counts the edges that it runs over, for the loop and for AFL.</summary>
internal static class Instrumentation
{
    private static readonly string[] Instrumented = ["RnnLm.Core.dll", "RnnLm.Trainer.dll", "RnnLm.Transforms.dll"];

    /// <summary>Makes the copy.</summary>
    /// <param name="folder">Where; what is there is replaced.</param>
    public static void Create(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var path in Directory.EnumerateFiles(AppContext.BaseDirectory, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(AppContext.BaseDirectory, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        foreach (var name in Instrumented) Fuzzer.Instrument(Path.Combine(folder, name), _ => true, Options.Value);
    }
}

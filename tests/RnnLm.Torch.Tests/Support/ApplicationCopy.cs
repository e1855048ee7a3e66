using System.Diagnostics;

namespace RnnLm.Torch.Tests;

/// <summary>The application of <c>Program.cs</c> as it is without the package that holds libtorch: managed assemblies only, in a folder of its own.</summary>
internal sealed class ApplicationCopy : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-torch-");

    public ApplicationCopy()
    {
        string[] extensions = [".dll", ".runtimeconfig.json"];
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => extensions.Any(file.EndsWith)))
            File.Copy(file, this[Path.GetFileName(file)]);
    }

    /// <summary>The path of a file in the folder.</summary>
    public string this[string name] => Path.Combine(folder.FullName, name);

    /// <summary>Runs it; no package folder has a libtorch for it.</summary>
    /// <returns>The lines that it prints.</returns>
    public string[] Run() => Run(folder.FullName, this["no-packages"]);

    /// <summary>Runs the application of a folder.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="packages">Where TorchSharp looks for a libtorch that is not beside it; by default where NuGet keeps packages.</param>
    public static string[] Run(string folder, string? packages = null)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "RnnLm.Torch.Tests.dll")]) { RedirectStandardOutput = true };
        if (packages is not null) start.Environment["NUGET_PACKAGES"] = packages;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.None);
    }

    public void Dispose() => folder.Delete(recursive: true);
}

namespace RnnLm.Packages.Tests;

/// <summary>A test that needs libtorch; it is skipped, saying so, where there is none for this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LibtorchFactAttribute : FactAttribute
{
    public LibtorchFactAttribute()
        => Skip = Missing;

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Missing
        => Directory.Exists(Path.Combine(Folder, "runtimes")) && Directory.EnumerateFiles(Path.Combine(Folder, "runtimes"), "*torch_cpu.*", SearchOption.AllDirectories).Any()
            ? null
            : "There is no libtorch for this machine.";

    /// <summary>The folder that has it: the build put it beside the tests, fit for this system.</summary>
    public static string Folder => AppContext.BaseDirectory;
}

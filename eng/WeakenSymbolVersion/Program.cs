using WeakenSymbolVersion;

// WeakenSymbolVersion FILE LIBRARY VERSION, for example libLibTorchSharp.so libstdc++.so.6 GLIBCXX_3.4.32: where this system's LIBRARY
// does not define VERSION, the need that FILE has of it is made weak, so that the loader lets it pass. Whether FILE works without what
// it takes of that version is for the caller to know. FILE stays as it is where there is nothing to do, as on a system that is not Linux.
if (args is not [var file, var library, var version])
{
    Console.Error.WriteLine("usage: WeakenSymbolVersion FILE LIBRARY VERSION");
    return 2;
}
try
{
    if (OperatingSystem.IsLinux() && Weakening.Apply(file, library, version, () => LoadedLibrary.PathOf(library)))
        Console.WriteLine($"{file}: its need of {version}, which the {library} of this system lacks, is weak now");
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or DllNotFoundException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

namespace WeakenSymbolVersion;

/// <summary>Marks a symbol version that a file needs as weak where the system's library lacks it.</summary>
static class Weakening
{
    /// <summary>
    /// Replaces the file, whole or not at all, by one that differs in the flags of that need alone. What else links to the old
    /// file keeps it, and the new one has its time, so that a build takes it for the copy it made.
    /// </summary>
    /// <param name="file">The file that needs the version.</param>
    /// <param name="library">The library that it needs the version of, by name.</param>
    /// <param name="version">The version.</param>
    /// <param name="systemLibrary">Finds the system's library; asked only where its answer matters.</param>
    /// <returns>Whether the file was replaced; not where it is no library for this machine, needs no such version or not strongly, or the system has it.</returns>
    /// <exception cref="InvalidDataException">One of the files is a damaged library.</exception>
    public static bool Apply(string file, string library, string version, Func<string> systemLibrary)
    {
        var content = File.ReadAllBytes(file);
        if (!ElfLibrary.IsForThisMachine(content)) return false;
        if (new ElfLibrary(content, file).Needs.FirstOrDefault(need => need.Library == library && need.Version == version) is not { IsWeak: false } strong) return false;
        var path = systemLibrary();
        if (new ElfLibrary(File.ReadAllBytes(path), path).Defines.Contains(version)) return false;

        strong.Weaken(content);
        Replace(file, content);
        return true;
    }

    private static void Replace(string file, byte[] content)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.WriteAllBytes(temporary, content);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, File.GetUnixFileMode(file));
            File.SetLastWriteTimeUtc(temporary, File.GetLastWriteTimeUtc(file));
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

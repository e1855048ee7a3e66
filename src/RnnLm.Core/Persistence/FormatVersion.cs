namespace RnnLm.Persistence;

/// <summary>The version of a file's format, as its metadata have it.</summary>
internal static class FormatVersion
{
    /// <summary>The name of the version among the metadata.</summary>
    public const string Key = "format_version";

    /// <summary>Throws where a file is of a newer version than this program reads.</summary>
    /// <exception cref="ModelFormatException">It is.</exception>
    public static void RefuseNewer(long version, int newest)
    {
        if (version > newest) throw new ModelFormatException($"The file was written by a newer version: it has format version {version}; this program reads up to {newest}.");
    }
}

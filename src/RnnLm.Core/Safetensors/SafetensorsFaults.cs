namespace RnnLm.Safetensors;

/// <summary>What <see cref="SafetensorsReader"/> tells of a file that is not what it should be, in the words of whoever asked for it.</summary>
internal abstract class SafetensorsFaults
{
    /// <summary>The file is a zip archive.</summary>
    public abstract string ZipArchive { get; }

    /// <summary>The header does not begin as one; null leaves it to the parser to tell what is wrong with it.</summary>
    public virtual string? NoHeader => null;

    /// <summary>The file is too short to have a header.</summary>
    /// <param name="bytes">The bytes it has.</param>
    public abstract string TooShort(long bytes);

    /// <summary>The header would be longer than <see cref="SafetensorsHeader.MaximumLength"/>.</summary>
    /// <param name="length">The length it would have.</param>
    public abstract string HeaderTooLong(ulong length);

    /// <summary>The file ends within the header.</summary>
    /// <param name="length">The length the header should have.</param>
    /// <param name="remaining">The bytes there are.</param>
    public abstract string HeaderCutShort(ulong length, long remaining);

    /// <summary>The file goes on after its last tensor.</summary>
    /// <param name="bytes">For how many bytes, at least.</param>
    public abstract string GoesOn(long bytes);
}

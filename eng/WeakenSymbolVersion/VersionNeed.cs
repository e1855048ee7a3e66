using System.Buffers.Binary;

namespace WeakenSymbolVersion;

/// <summary>A symbol version that a file needs of a library: an entry (<c>Elf64_Vernaux</c>) of its section <c>.gnu.version_r</c>.</summary>
/// <param name="Library">The library, by name: <c>libstdc++.so.6</c>.</param>
/// <param name="Version">The version: <c>GLIBCXX_3.4.32</c>.</param>
/// <param name="Flags">Its flags, <c>vna_flags</c>.</param>
/// <param name="FlagsOffset">Where in the file the flags are: two bytes.</param>
sealed record VersionNeed(string Library, string Version, ushort Flags, int FlagsOffset)
{
    // VER_FLG_WEAK: the loader goes on where the library lacks the version (glibc, elf/dl-version.c).
    private const ushort Weak = 0x2;

    public bool IsWeak => (Flags & Weak) != 0;

    /// <summary>Sets the flag in the content of the file.</summary>
    public void Weaken(Span<byte> content) => BinaryPrimitives.WriteUInt16LittleEndian(content[FlagsOffset..], (ushort)(Flags | Weak));
}

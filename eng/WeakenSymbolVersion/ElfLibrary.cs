using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace WeakenSymbolVersion;

/// <summary>
/// The symbol versions of a shared library in the format ELF, 64 bit, little-endian. They are found as the loader finds them, by the
/// program headers and the dynamic section (System V ABI, chapters 4 and 5; Linux Standard Base, "Symbol Versioning").
/// </summary>
sealed class ElfLibrary
{
    private const int HeaderLength = 64;
    private const int ProgramHeaderLength = 56;
    private const int DynamicEntryLength = 16;

    private const uint LoadedSegment = 1; // PT_LOAD
    private const uint DynamicSegment = 2; // PT_DYNAMIC

    private const ulong EndOfDynamic = 0; // DT_NULL
    private const ulong StringTable = 5; // DT_STRTAB
    private const ulong StringTableLength = 10; // DT_STRSZ
    private const ulong VersionDefinitions = 0x6ffffffc; // DT_VERDEF
    private const ulong VersionDefinitionCount = 0x6ffffffd; // DT_VERDEFNUM
    private const ulong VersionNeeds = 0x6ffffffe; // DT_VERNEED
    private const ulong VersionNeedCount = 0x6fffffff; // DT_VERNEEDNUM

    private const ushort NameOfTheFile = 0x1; // VER_FLG_BASE

    private readonly ReadOnlyMemory<byte> content;
    private readonly string name;
    private readonly Dictionary<ulong, ulong> dynamic;

    /// <param name="content">The whole file.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="InvalidDataException">The file is no such library, or it is damaged.</exception>
    public ElfLibrary(ReadOnlyMemory<byte> content, string name)
    {
        (this.content, this.name) = (content, name);
        if (!IsElf64(content.Span)) throw new InvalidDataException($"{name} is no 64-bit little-endian ELF file.");
        dynamic = ReadDynamic();
        Needs = [.. ReadNeeds()];
        Defines = [.. ReadDefinitions()];
    }

    /// <summary>The versions that it needs of other libraries.</summary>
    public IReadOnlyList<VersionNeed> Needs { get; }

    /// <summary>The versions that it defines.</summary>
    public IReadOnlyList<string> Defines { get; }

    /// <summary>Whether a file is ELF, and of the processor that this process runs on.</summary>
    public static bool IsForThisMachine(ReadOnlySpan<byte> content)
    {
        ushort? machine = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 62, // EM_X86_64
            Architecture.Arm64 => 183, // EM_AARCH64
            _ => null,
        };
        return IsElf64(content) && BinaryPrimitives.ReadUInt16LittleEndian(content[18..]) == machine;
    }

    // Magic number, 64 bit, little-endian, version 1.
    private static bool IsElf64(ReadOnlySpan<byte> content)
        => content.Length >= HeaderLength && content.StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]);

    private Dictionary<ulong, ulong> ReadDynamic()
    {
        var entries = new Dictionary<ulong, ulong>();
        foreach (var (type, offset, _, length) in ProgramHeaders())
        {
            if (type != DynamicSegment) continue;
            for (ulong position = 0; position + DynamicEntryLength <= length; position += DynamicEntryLength)
            {
                var tag = UInt64(Sum(offset, position));
                if (tag == EndOfDynamic) break;
                entries[tag] = UInt64(Sum(offset, position + 8));
            }
        }
        return entries;
    }

    private IEnumerable<(uint Type, ulong Offset, ulong Address, ulong Length)> ProgramHeaders()
    {
        var (start, length, count) = (UInt64(32), UInt16(54), UInt16(56));
        if (count > 0 && length < ProgramHeaderLength)
            throw new InvalidDataException($"{name} is damaged: its program headers have {length} bytes instead of {ProgramHeaderLength}.");
        for (var i = 0; i < count; i++)
        {
            var header = Sum(start, (ulong)(i * length));
            yield return (UInt32(header), UInt64(Sum(header, 8)), UInt64(Sum(header, 16)), UInt64(Sum(header, 32)));
        }
    }

    private IEnumerable<VersionNeed> ReadNeeds()
    {
        foreach (var need in Chain(VersionNeeds, VersionNeedCount, nextField: 12))
        {
            var library = String(UInt32(Sum(need, 4)));
            var entry = Sum(need, UInt32(Sum(need, 8)));
            for (var left = UInt16(Sum(need, 2)); left > 0; left--)
            {
                yield return new VersionNeed(library, String(UInt32(Sum(entry, 8))), UInt16(Sum(entry, 4)), (int)Sum(entry, 4));
                if (UInt32(Sum(entry, 12)) is not (> 0 and var next)) break;
                entry = Sum(entry, next);
            }
        }
    }

    private IEnumerable<string> ReadDefinitions()
    {
        foreach (var definition in Chain(VersionDefinitions, VersionDefinitionCount, nextField: 16))
        {
            if ((UInt16(Sum(definition, 2)) & NameOfTheFile) != 0) continue;
            // The first name is the version's, those after it are the versions that it continues.
            yield return String(UInt32(Sum(definition, UInt32(Sum(definition, 12)))));
        }
    }

    /// <summary>The offsets of entries of which each says how far on the next one is, 0 in the last one.</summary>
    private IEnumerable<ulong> Chain(ulong firstTag, ulong countTag, uint nextField)
    {
        if (!dynamic.TryGetValue(firstTag, out var address)) yield break;
        var entry = OffsetOf(address);
        for (var left = dynamic.GetValueOrDefault(countTag); left > 0; left--)
        {
            if (UInt16(entry) is not 1 and var version)
                throw new InvalidDataException($"{name} is damaged: at offset {entry} its symbol versions are of revision {version} instead of 1.");
            yield return entry;
            if (UInt32(Sum(entry, nextField)) is not (> 0 and var next)) break;
            entry = Sum(entry, next);
        }
    }

    private ulong OffsetOf(ulong address)
    {
        foreach (var (type, offset, start, length) in ProgramHeaders())
            if (type == LoadedSegment && address >= start && address - start < length) return Sum(offset, address - start);
        throw new InvalidDataException($"{name} is damaged: the address {address:x} is in none of its segments.");
    }

    private string String(uint index)
    {
        if (!dynamic.TryGetValue(StringTable, out var table)) throw new InvalidDataException($"{name} is damaged: it has no table of names.");
        var length = dynamic.GetValueOrDefault(StringTableLength);
        if (index >= length) throw new InvalidDataException($"{name} is damaged: the name at {index} is past the end of its table of {length} bytes.");
        var names = Bytes(Sum(OffsetOf(table), index), length - index);
        var end = names.IndexOf((byte)0);
        if (end < 0) throw new InvalidDataException($"{name} is damaged: the name at {index} does not end within its table.");
        return Encoding.UTF8.GetString(names[..end]);
    }

    private ushort UInt16(ulong offset) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(offset, sizeof(ushort)));

    private uint UInt32(ulong offset) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(offset, sizeof(uint)));

    private ulong UInt64(ulong offset) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(offset, sizeof(ulong)));

    private ReadOnlySpan<byte> Bytes(ulong offset, ulong length)
    {
        var size = (ulong)content.Length;
        if (offset > size || length > size - offset)
            throw new InvalidDataException($"{name} is damaged: {length} bytes at offset {offset} are past its end at {size}.");
        return content.Span.Slice((int)offset, (int)length);
    }

    private ulong Sum(ulong offset, ulong distance)
        => offset <= ulong.MaxValue - distance ? offset + distance : throw new InvalidDataException($"{name} is damaged: an offset exceeds 64 bits.");
}

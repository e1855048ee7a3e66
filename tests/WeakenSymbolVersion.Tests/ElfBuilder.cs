using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace WeakenSymbolVersion.Tests;

/// <summary>
/// A shared library that has nothing but symbol versions: a header, two program headers, a dynamic section, names, and the versions that it
/// needs and defines.
/// </summary>
internal sealed class ElfBuilder
{
    /// <summary>The file is mapped this far up, so that addresses and offsets differ.</summary>
    public const int Address = 0x1000;

    public const int ProgramHeaders = 64;
    public const int Dynamic = ProgramHeaders + 2 * 56;
    public const int DynamicLength = 7 * 16;

    private readonly List<byte> names = [0];
    private readonly List<(string Library, string[] Versions)> needs = [];
    private readonly List<string> definitions = [];

    public static ushort Machine => RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? (ushort)183 : (ushort)62;

    public ElfBuilder Needing(string library, params string[] versions)
    {
        needs.Add((library, versions));
        return this;
    }

    public ElfBuilder Defining(params string[] versions)
    {
        definitions.AddRange(versions);
        return this;
    }

    public byte[] Build()
    {
        var needed = Needs();
        var defined = Definitions();
        var file = new byte[Dynamic + DynamicLength + needed.Length + defined.Length + names.Count];
        var (needsAt, definitionsAt, namesAt) = (Dynamic + DynamicLength, Dynamic + DynamicLength + needed.Length, file.Length - names.Count);
        needed.CopyTo(file, needsAt);
        defined.CopyTo(file, definitionsAt);
        names.CopyTo(file, namesAt);

        ((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]).CopyTo(file);
        Write(file, 16, (ushort)3, Machine, 1u, 0ul, (ulong)ProgramHeaders, 0ul, 0u, (ushort)64, (ushort)56, (ushort)2);
        // All of the file is loaded; of it the dynamic section.
        Write(file, ProgramHeaders, 1u, 4u, 0ul, (ulong)Address, (ulong)Address, (ulong)file.Length, (ulong)file.Length, 0x1000ul);
        Write(file, ProgramHeaders + 56, 2u, 4u, (ulong)Dynamic, (ulong)(Address + Dynamic), (ulong)(Address + Dynamic), (ulong)DynamicLength, (ulong)DynamicLength, 8ul);
        Write(
            file, Dynamic,
            5ul, (ulong)(Address + namesAt), 10ul, (ulong)names.Count,
            0x6ffffffeul, (ulong)(Address + needsAt), 0x6ffffffful, (ulong)needs.Count,
            0x6ffffffcul, (ulong)(Address + definitionsAt), 0x6ffffffdul, (ulong)definitions.Count,
            0ul, 0ul);
        return file;
    }

    private byte[] Needs()
    {
        var section = new byte[needs.Sum(need => 16 + 16 * need.Versions.Length)];
        var position = 0;
        for (var i = 0; i < needs.Count; i++)
        {
            var (library, versions) = needs[i];
            var length = 16 + 16 * versions.Length;
            Write(section, position, (ushort)1, (ushort)versions.Length, Name(library), 16u, i + 1 < needs.Count ? (uint)length : 0u);
            for (var j = 0; j < versions.Length; j++)
                Write(section, position + 16 * (j + 1), 0xdeadbeefu, (ushort)0, (ushort)(j + 2), Name(versions[j]), j + 1 < versions.Length ? 16u : 0u);
            position += length;
        }
        return section;
    }

    // The first definition names the file itself.
    private byte[] Definitions()
    {
        var section = new byte[28 * definitions.Count];
        for (var i = 0; i < definitions.Count; i++)
            Write(section, 28 * i, (ushort)1, (ushort)(i == 0 ? 1 : 0), (ushort)(i + 1), (ushort)1, 0xdeadbeefu, 20u, i + 1 < definitions.Count ? 28u : 0u, Name(definitions[i]), 0u);
        return section;
    }

    private uint Name(string name)
    {
        var index = (uint)names.Count;
        names.AddRange([.. Encoding.UTF8.GetBytes(name), 0]);
        return index;
    }

    private static void Write(Span<byte> file, int offset, params object[] values)
    {
        foreach (var value in values)
        {
            switch (value)
            {
                case ushort number:
                    BinaryPrimitives.WriteUInt16LittleEndian(file[offset..], number);
                    offset += 2;
                    break;
                case uint number:
                    BinaryPrimitives.WriteUInt32LittleEndian(file[offset..], number);
                    offset += 4;
                    break;
                case ulong number:
                    BinaryPrimitives.WriteUInt64LittleEndian(file[offset..], number);
                    offset += 8;
                    break;
                default:
                    throw new ArgumentException($"There is no way to write a {value.GetType()}.", nameof(values));
            }
        }
    }
}

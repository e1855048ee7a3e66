using System.Buffers.Binary;

namespace WeakenSymbolVersion.Tests;

public class ElfLibraryTests
{
    private static readonly byte[] Library = new ElfBuilder()
        .Needing("libc.so.6", "GLIBC_2.14")
        .Needing("libstdc++.so.6", "GLIBCXX_3.4", "GLIBCXX_3.4.32")
        .Defining("libexample.so.1", "EXAMPLE_1", "EXAMPLE_2")
        .Build();

    [Fact]
    public void The_versions_that_a_library_needs_and_defines_are_found()
    {
        var library = new ElfLibrary(Library, "libexample.so");
        Assert.Equal(
            [("libc.so.6", "GLIBC_2.14", false), ("libstdc++.so.6", "GLIBCXX_3.4", false), ("libstdc++.so.6", "GLIBCXX_3.4.32", false)],
            library.Needs.Select(need => (need.Library, need.Version, need.IsWeak)));
        Assert.Equal(["EXAMPLE_1", "EXAMPLE_2"], library.Defines);
    }

    [Fact]
    public void A_library_without_symbol_versions_needs_and_defines_none()
    {
        var library = new ElfLibrary(new ElfBuilder().Build(), "libexample.so");
        Assert.Empty(library.Needs);
        Assert.Empty(library.Defines);
    }

    [Fact]
    public void A_weakened_need_is_weak_and_nothing_else_has_changed()
    {
        var content = Library.ToArray();
        var need = new ElfLibrary(content, "libexample.so").Needs[2];
        need.Weaken(content);

        var different = Enumerable.Range(0, content.Length).Where(i => content[i] != Library[i]);
        Assert.Equal([need.FlagsOffset], different);
        Assert.Equal([false, false, true], new ElfLibrary(content, "libexample.so").Needs.Select(after => after.IsWeak));
    }

    [Fact]
    public void A_file_of_another_kind_is_for_no_machine()
    {
        Assert.True(ElfLibrary.IsForThisMachine(Library));
        Assert.False(ElfLibrary.IsForThisMachine([]));
        Assert.False(ElfLibrary.IsForThisMachine("MZ a library of another system"u8));
        Assert.False(ElfLibrary.IsForThisMachine(Library.AsSpan(0, 63))); // not even a whole header
        Assert.False(ElfLibrary.IsForThisMachine(With(4, 1))); // 32 bit
        Assert.False(ElfLibrary.IsForThisMachine(With(5, 2))); // big-endian
        Assert.False(ElfLibrary.IsForThisMachine(With(18, 8))); // MIPS
    }

    [Fact]
    public void A_file_that_is_no_ELF_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidDataException>(() => new ElfLibrary("a text"u8.ToArray(), "notes.txt"));
        Assert.Equal("notes.txt is no 64-bit little-endian ELF file.", error.Message);
    }

    [Theory]
    [InlineData(33, 0xff, "past its end")] // where the program headers are
    [InlineData(54, 8, "program headers have 8 bytes")]
    [InlineData(ElfBuilder.ProgramHeaders + 56 + 9, 0xff, "past its end")] // where the dynamic section is
    [InlineData(ElfBuilder.Dynamic + 8 + 3, 0xff, "in none of its segments")] // where the names are
    [InlineData(ElfBuilder.Dynamic + 16 + 8, 3, "does not end within its table")] // how long the names are
    [InlineData(ElfBuilder.Dynamic + 16 + 8, 0, "past the end of its table of 0 bytes")]
    [InlineData(ElfBuilder.Dynamic + 32 + 8 + 3, 0xff, "in none of its segments")] // where the needs are
    [InlineData(ElfBuilder.Dynamic + 64 + 8 + 3, 0xff, "in none of its segments")] // where the definitions are
    [InlineData(ElfBuilder.Dynamic + ElfBuilder.DynamicLength, 2, "revision 2")]
    [InlineData(ElfBuilder.Dynamic + ElfBuilder.DynamicLength + 10, 0xff, "past its end")] // where a need's versions are
    [InlineData(ElfBuilder.Dynamic + ElfBuilder.DynamicLength + 14, 0xff, "past its end")] // where the next need is
    public void A_damaged_library_is_refused_and_the_error_says_where(int offset, byte value, string complaint)
    {
        var error = Assert.Throws<InvalidDataException>(() => new ElfLibrary(With(offset, value), "libexample.so"));
        Assert.StartsWith("libexample.so is damaged: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void However_a_library_is_cut_off_it_is_read_or_refused()
    {
        for (var length = 0; length < Library.Length; length++)
        {
            try
            {
                _ = new ElfLibrary(Library.AsMemory(0, length), "libexample.so");
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public void Whatever_byte_of_a_library_is_wrong_it_is_read_or_refused()
    {
        for (var offset = 0; offset < Library.Length; offset++)
        {
            foreach (byte value in (byte[])[0, 1, 0x7f, 0xff])
            {
                try
                {
                    _ = new ElfLibrary(With(offset, value), "libexample.so");
                }
                catch (InvalidDataException)
                {
                }
            }
        }
    }

    [Fact]
    public void An_offset_that_exceeds_64_bits_is_refused()
    {
        var content = Library.ToArray();
        BinaryPrimitives.WriteUInt64LittleEndian(content.AsSpan(ElfBuilder.ProgramHeaders + 8), ulong.MaxValue - 10); // where the segment is
        var error = Assert.Throws<InvalidDataException>(() => new ElfLibrary(content, "libexample.so"));
        Assert.Contains("exceeds 64 bits", error.Message, StringComparison.Ordinal);
    }

    private static byte[] With(int offset, byte value)
    {
        var content = Library.ToArray();
        content[offset] = value;
        return content;
    }
}

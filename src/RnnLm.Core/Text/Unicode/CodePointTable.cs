namespace RnnLm.Text;

/// <summary>A value for every code point, most of which have none: pages that hold nothing are one and the same.</summary>
internal sealed class CodePointTable<T> where T : struct
{
    private const int PageBits = 8;
    private const int PageLength = 1 << PageBits;
    private const int CodePoints = 0x110000;

    private readonly T[] empty = new T[PageLength];
    private readonly T[][] pages = new T[CodePoints >> PageBits][];

    public CodePointTable() => Array.Fill(pages, empty);

    /// <summary>The value of a code point.</summary>
    /// <param name="codePoint">The code point, from 0 to 0x10FFFF.</param>
    public T this[int codePoint] => pages[codePoint >> PageBits][codePoint & (PageLength - 1)];

    /// <summary>The value of a code point, to be set.</summary>
    public ref T At(int codePoint)
    {
        ref var page = ref pages[codePoint >> PageBits];
        if (ReferenceEquals(page, empty)) page = new T[PageLength];
        return ref page[codePoint & (PageLength - 1)];
    }
}

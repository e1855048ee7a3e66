using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnLm.Text;

/// <summary>
/// Finds the stretches of a text that are not composed, one after the other, and composes each. A stretch is a character and all that may join
/// it or change places behind it, so that stretches do not depend on each other.
/// </summary>
/// <param name="text">Text without half surrogate pairs.</param>
internal ref struct Composer(ReadOnlySpan<char> text)
{
    /// <summary>Below it, every character is as it is, whatever stands beside it.</summary>
    private const char FirstThatMatters = '\u0300';

    private const int MostInsertions = 32;

    private readonly ReadOnlySpan<char> text = text;
    private List<int>? composed;

    /// <summary>Where the stretch begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends.</summary>
    public int End { get; private set; }

    /// <summary>Goes on to the next stretch that composition changes.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        for (var next = End; next < text.Length;)
        {
            if (text[next] < FirstThatMatters)
            {
                next++;
                continue;
            }
            if (CharacterData.Instance.CompositionOf(CodePointAt(next, out var length)) == 0)
            {
                next += length;
                continue;
            }
            Start = StartBefore(next);
            End = EndOfStretch(next, out var isCertain);
            if (!isCertain && Compose()) return true;
            next = End;
        }
        return false;
    }

    /// <summary>Writes the stretch in composed form.</summary>
    public readonly void WriteTo(ArrayBufferWriter<char> destination)
    {
        foreach (var codePoint in composed!)
            destination.Advance(new Rune(codePoint).EncodeToUtf16(destination.GetSpan(2)));
    }

    private readonly int CodePointAt(int index, out int length)
    {
        var c = text[index];
        length = char.IsHighSurrogate(c) ? 2 : 1;
        return length == 2 ? char.ConvertToUtf32(c, text[index + 1]) : c;
    }

    /// <summary>Where the character ahead of an index begins, which nothing before it can join.</summary>
    private readonly int StartBefore(int index) => index == 0 ? 0 : index - (char.IsLowSurrogate(text[index - 1]) ? 2 : 1);

    /// <summary>Where the stretch ends, and whether it is certain that it is composed: the quick check of UAX #15, section 9.</summary>
    private readonly int EndOfStretch(int index, out bool isCertain)
    {
        var data = CharacterData.Instance;
        isCertain = true;
        var before = 0;
        while (index < text.Length)
        {
            var found = data.CompositionOf(CodePointAt(index, out var length));
            if (found == 0) break;
            isCertain &= found < CharacterData.NeverComposed && found >= before;
            before = found;
            index += length;
        }
        return index;
    }

    /// <summary>Composes the stretch.</summary>
    /// <returns>Whether that changes it.</returns>
    private bool Compose()
    {
        composed ??= [];
        composed.Clear();
        for (var index = Start; index < End;)
        {
            Decompose(CodePointAt(index, out var length), composed);
            index += length;
        }
        Order(CollectionsMarshal.AsSpan(composed));
        Join(composed);
        return IsChanged(composed);
    }

    private static void Decompose(int codePoint, List<int> parts)
    {
        var found = CharacterData.Instance.Decompose(codePoint);
        if (found.IsEmpty) parts.Add(codePoint);
        foreach (var part in found) Decompose(part, parts);
    }

    /// <summary>The Canonical Ordering Algorithm: marks in a row are sorted by their class, those of one class stay in their order.</summary>
    private static void Order(Span<int> codePoints)
    {
        for (var start = 0; start < codePoints.Length; start++)
        {
            var end = start;
            while (end < codePoints.Length && ClassOf(codePoints[end]) != 0) end++;
            if (end - start > 1) Sort(codePoints[start..end]);
            start = end;
        }
    }

    private static void Sort(Span<int> marks)
    {
        if (marks.Length > MostInsertions)
        {
            // class, place, mark: the place keeps those of one class in their order
            var keys = new long[marks.Length];
            for (var i = 0; i < keys.Length; i++) keys[i] = ((long)ClassOf(marks[i]) << 52) | ((long)i << 21) | (long)marks[i];
            Array.Sort(keys);
            for (var i = 0; i < keys.Length; i++) marks[i] = (int)(keys[i] & 0x1FFFFF);
            return;
        }
        for (var i = 1; i < marks.Length; i++)
        {
            var mark = marks[i];
            var place = i;
            for (; place > 0 && ClassOf(marks[place - 1]) > ClassOf(mark); place--) marks[place] = marks[place - 1];
            marks[place] = mark;
        }
    }

    /// <summary>The Canonical Composition Algorithm: each character joins the last starter, if nothing between them is in its way.</summary>
    private static void Join(List<int> codePoints)
    {
        var (starter, count, before) = (-1, 0, 0);
        for (var i = 0; i < codePoints.Count; i++)
        {
            var codePoint = codePoints[i];
            var own = ClassOf(codePoint);
            if (starter >= 0 && (starter == count - 1 || before < own)
                && CharacterData.Instance.Compose(codePoints[starter], codePoint) is var composite and >= 0)
            {
                codePoints[starter] = composite;
                continue;
            }
            if (own == 0) starter = count;
            before = own;
            codePoints[count++] = codePoint;
        }
        codePoints.RemoveRange(count, codePoints.Count - count);
    }

    private readonly bool IsChanged(List<int> codePoints)
    {
        var index = Start;
        foreach (var codePoint in codePoints)
        {
            if (index >= End || CodePointAt(index, out var length) != codePoint) return true;
            index += length;
        }
        return index < End;
    }

    private static byte ClassOf(int codePoint) => (byte)CharacterData.Instance.CompositionOf(codePoint);
}

using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>How text is read as a number, truth value or key. Empty text is zero, false or a missing key.</summary>
internal static class TextParser
{
    private const string Infinity = "Infinity";
    private const string InfinitySign = "∞";

    /// <exception cref="InvalidOperationException">The text is no whole number, or too large.</exception>
    public static long ToSigned(ReadOnlySpan<char> text, long largest, string typeName)
    {
        Fault.Check(TryToSigned(text, largest, out var value), $"Value could not be parsed from text to {typeName}.");
        return value;
    }

    public static bool TryToSigned(ReadOnlySpan<char> text, long largest, out long value)
    {
        value = 0;
        if (text.IsEmpty)
            return true;
        var digits = text[0] == '-' ? text[1..] : text;
        return IsDigits(digits)
               && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
               && value <= largest && value >= -largest - 1;
    }

    /// <summary>The number, or zero where the text is none or too large.</summary>
    public static ulong ToUnsigned(ReadOnlySpan<char> text, ulong largest)
        => TryToUnsigned(text, largest, out var value) ? value : 0;

    public static bool TryToUnsigned(ReadOnlySpan<char> text, ulong largest, out ulong value)
    {
        value = 0;
        return IsDigits(text) && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= largest;
    }

    /// <summary>The number; not-a-number where the text is none.</summary>
    public static double ToReal(ReadOnlySpan<char> text)
    {
        var start = text.TrimStart();
        if (start.IsEmpty)
            return 0;
        // As in ML.NET, white space may follow a number but stand before a single character only.
        if (start.Length > 1 && start.Length < text.Length)
            return double.NaN;
        return start.TrimEnd() switch
        {
            Infinity or InfinitySign => double.PositiveInfinity,
            "-" + Infinity or "-" + InfinitySign => double.NegativeInfinity,
            _ => double.TryParse(start, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN,
        };
    }

    public static bool TryToBoolean(ReadOnlySpan<char> text, out bool value)
    {
        Span<char> lower = stackalloc char[5];
        value = false;
        if (text.Length > lower.Length)
            return false;
        text.ToLowerInvariant(lower);
        switch (lower[..text.Length])
        {
            case "t" or "y" or "1" or "+" or "+1" or "yes" or "true":
                value = true;
                return true;
            case "" or "f" or "n" or "0" or "-" or "-1" or "no" or "false":
                return true;
            default:
                return false;
        }
    }

    /// <summary>A function from text to keys: numbers counted from zero become keys counted from one.</summary>
    public static Delegate ToKey(KeyDataViewType type)
        => type.RawType == typeof(byte) ? (Func<ReadOnlyMemory<char>, byte>)(text => (byte)Key(text.Span, type.Count))
         : type.RawType == typeof(ushort) ? (Func<ReadOnlyMemory<char>, ushort>)(text => (ushort)Key(text.Span, type.Count))
         : type.RawType == typeof(uint) ? (Func<ReadOnlyMemory<char>, uint>)(text => (uint)Key(text.Span, type.Count))
         : (Func<ReadOnlyMemory<char>, ulong>)(text => Key(text.Span, type.Count));

    public static bool TryToKey(ReadOnlySpan<char> text, ulong count, out ulong key)
    {
        key = 0;
        if (text.IsEmpty || IsMissing(text))
            return true;
        if (!TryToUnsigned(text, count - 1, out var number))
            return false;
        key = number + 1;
        return true;
    }

    public static bool IsMissing(ReadOnlySpan<char> text)
        => text is "?" || text.Equals("na", StringComparison.OrdinalIgnoreCase) || text.Equals("n/a", StringComparison.OrdinalIgnoreCase)
           || text.Equals("nan", StringComparison.OrdinalIgnoreCase);

    private static ulong Key(ReadOnlySpan<char> text, ulong count) => TryToKey(text, count, out var key) ? key : 0;

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');
}

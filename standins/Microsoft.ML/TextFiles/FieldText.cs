using System.Globalization;

namespace Microsoft.ML.Data;

/// <summary>Which fields can be read as which type. A real number that cannot be read is not an error but not-a-number.</summary>
internal static class FieldText
{
    public static bool IsValid(ReadOnlySpan<char> text, PrimitiveDataViewType type)
    {
        if (type is KeyDataViewType key)
            return TextParser.TryToKey(text, key.Count, out _);
        var raw = type.RawType;
        return raw == typeof(sbyte) ? TextParser.TryToSigned(text, sbyte.MaxValue, out _)
             : raw == typeof(short) ? TextParser.TryToSigned(text, short.MaxValue, out _)
             : raw == typeof(int) ? TextParser.TryToSigned(text, int.MaxValue, out _)
             : raw == typeof(long) ? TextParser.TryToSigned(text, long.MaxValue, out _)
             : raw == typeof(byte) ? TextParser.TryToUnsigned(text, byte.MaxValue, out _)
             : raw == typeof(ushort) ? TextParser.TryToUnsigned(text, ushort.MaxValue, out _)
             : raw == typeof(uint) ? TextParser.TryToUnsigned(text, uint.MaxValue, out _)
             : raw == typeof(ulong) ? TextParser.TryToUnsigned(text, ulong.MaxValue, out _)
             : raw == typeof(bool) ? TextParser.TryToBoolean(text, out _)
             : raw == typeof(TimeSpan) ? TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _)
             : raw == typeof(DateTime) ? DateTime.TryParse(text, CultureInfo.InvariantCulture, out _)
             : raw != typeof(DateTimeOffset) || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _);
    }
}

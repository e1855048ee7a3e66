using System.Globalization;
using System.Linq.Expressions;

namespace Microsoft.ML.Data;

/// <summary>The standard conversions between values of columns, as functions of one argument.</summary>
internal static class ValueConversions
{
    private static readonly Type[] Signed = [typeof(sbyte), typeof(short), typeof(int), typeof(long)];
    private static readonly Type[] Unsigned = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];
    private static readonly Type[] Reals = [typeof(float), typeof(double)];
    private static readonly Lazy<Dictionary<(Type From, Type To), Delegate>> Table = new(CreateTable);

    /// <summary>The function from values of one type to values of the other, or null where there is no standard conversion.</summary>
    public static Delegate Find(DataViewType from, DataViewType to)
    {
        if (from is KeyDataViewType key && !KeyFits(key, to))
            return null;
        if (from is not KeyDataViewType && to is KeyDataViewType target)
            return from is TextDataViewType ? TextParser.ToKey(target) : null;
        return Table.Value.GetValueOrDefault((from.RawType, to.RawType));
    }

    private static bool KeyFits(KeyDataViewType from, DataViewType to)
        => to is KeyDataViewType key
            ? key.Count == from.Count
            : KeyDataViewType.IsValidDataType(to.RawType) && from.Count <= KeyDataViewType.LargestCount(to.RawType);

    private static Dictionary<(Type From, Type To), Delegate> CreateTable()
    {
        var table = new Dictionary<(Type, Type), Delegate>();
        void Add<TFrom, TTo>(Func<TFrom, TTo> convert) => table[(typeof(TFrom), typeof(TTo))] = convert;

        foreach (var from in Signed)
            foreach (var to in Signed.Concat(Reals))
                table[(from, to)] = Cast(from, to);
        foreach (var from in Unsigned)
        {
            foreach (var to in Unsigned)
                table[(from, to)] = Cast(from, to, zeroOnOverflow: Array.IndexOf(Unsigned, to) < Array.IndexOf(Unsigned, from));
            foreach (var to in Reals)
                table[(from, to)] = Cast(from, to);
        }
        foreach (var from in Reals)
            foreach (var to in Reals)
                table[(from, to)] = Cast(from, to);
        foreach (var from in Signed.Concat(Unsigned).Concat(Reals))
            table[(from, typeof(bool))] = IsNotZero(from);

        Add<sbyte, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<short, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<int, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<long, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<byte, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<ushort, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<uint, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<ulong, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());
        Add<float, ReadOnlyMemory<char>>(v => v.ToString("G7", CultureInfo.InvariantCulture).AsMemory());
        Add<double, ReadOnlyMemory<char>>(v => v.ToString("G17", CultureInfo.InvariantCulture).AsMemory());
        Add<bool, ReadOnlyMemory<char>>(v => v.ToString().AsMemory());

        Add<bool, bool>(v => v);
        Add<bool, sbyte>(v => (sbyte)(v ? 1 : 0));
        Add<bool, short>(v => (short)(v ? 1 : 0));
        Add<bool, int>(v => v ? 1 : 0);
        Add<bool, long>(v => v ? 1 : 0);
        Add<bool, float>(v => v ? 1 : 0);
        Add<bool, double>(v => v ? 1 : 0);

        Add<TimeSpan, long>(v => v.Ticks);
        Add<TimeSpan, float>(v => v.Ticks);
        Add<TimeSpan, double>(v => v.Ticks);
        Add<TimeSpan, ReadOnlyMemory<char>>(v => v.ToString("c").AsMemory());
        Add<DateTime, DateTime>(v => v);
        Add<DateTime, long>(v => v.Ticks);
        Add<DateTime, float>(v => v.Ticks);
        Add<DateTime, double>(v => v.Ticks);
        Add<DateTime, ReadOnlyMemory<char>>(v => v.ToString("o").AsMemory());
        Add<DateTimeOffset, long>(v => v.UtcDateTime.Ticks);
        Add<DateTimeOffset, float>(v => v.UtcDateTime.Ticks);
        Add<DateTimeOffset, double>(v => v.UtcDateTime.Ticks);
        Add<DateTimeOffset, ReadOnlyMemory<char>>(v => v.ToString("o").AsMemory());

        Add<ReadOnlyMemory<char>, ReadOnlyMemory<char>>(v => v);
        Add<ReadOnlyMemory<char>, sbyte>(v => (sbyte)TextParser.ToSigned(v.Span, sbyte.MaxValue, "sbyte"));
        Add<ReadOnlyMemory<char>, short>(v => (short)TextParser.ToSigned(v.Span, short.MaxValue, "short"));
        Add<ReadOnlyMemory<char>, int>(v => (int)TextParser.ToSigned(v.Span, int.MaxValue, "int"));
        Add<ReadOnlyMemory<char>, long>(v => TextParser.ToSigned(v.Span, long.MaxValue, "long"));
        Add<ReadOnlyMemory<char>, byte>(v => (byte)TextParser.ToUnsigned(v.Span, byte.MaxValue));
        Add<ReadOnlyMemory<char>, ushort>(v => (ushort)TextParser.ToUnsigned(v.Span, ushort.MaxValue));
        Add<ReadOnlyMemory<char>, uint>(v => (uint)TextParser.ToUnsigned(v.Span, uint.MaxValue));
        Add<ReadOnlyMemory<char>, ulong>(v => TextParser.ToUnsigned(v.Span, ulong.MaxValue));
        Add<ReadOnlyMemory<char>, float>(v => (float)TextParser.ToReal(v.Span));
        Add<ReadOnlyMemory<char>, double>(v => TextParser.ToReal(v.Span));
        Add<ReadOnlyMemory<char>, bool>(v => TextParser.TryToBoolean(v.Span, out var value) && value);
        Add<ReadOnlyMemory<char>, TimeSpan>(v => TimeSpan.TryParse(v.Span, CultureInfo.InvariantCulture, out var value) ? value : default);
        Add<ReadOnlyMemory<char>, DateTime>(v => DateTime.TryParse(v.Span, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value) ? value : default);
        Add<ReadOnlyMemory<char>, DateTimeOffset>(v => DateTimeOffset.TryParse(v.Span, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var value) ? value : default);
        return table;
    }

    private static Delegate Cast(Type from, Type to, bool zeroOnOverflow = false)
    {
        var value = Expression.Parameter(from);
        Expression cast = Expression.Convert(value, to);
        if (zeroOnOverflow)
        {
            var largest = Expression.Convert(Expression.Constant(KeyDataViewType.LargestCount(to)), from);
            cast = Expression.Condition(Expression.LessThanOrEqual(value, largest), cast, Expression.Default(to));
        }
        return Expression.Lambda(typeof(Func<,>).MakeGenericType(from, to), cast, value).Compile();
    }

    private static Delegate IsNotZero(Type from)
    {
        var value = Expression.Parameter(from);
        var zero = Expression.Default(from);
        Expression test = from == typeof(byte) || from == typeof(sbyte)
            ? Expression.NotEqual(Expression.Convert(value, typeof(int)), Expression.Constant(0))
            : Expression.NotEqual(value, zero);
        return Expression.Lambda(typeof(Func<,>).MakeGenericType(from, typeof(bool)), test, value).Compile();
    }
}

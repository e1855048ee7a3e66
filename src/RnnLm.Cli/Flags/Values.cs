using System.Globalization;
using System.Text.RegularExpressions;
using RnnLm.Text;

namespace RnnLm.Cli.Flags;

/// <summary>
/// How the text of a value is read: alike for every flag, in the invariant culture, and strictly. What could be read in two ways is refused with what to
/// write instead; the exceptions' messages end a sentence that begins with the flag and the text.
/// </summary>
static partial class Values
{
    private const int MostDays = 10_000;

    /// <summary>Any text. The system hands over bytes that are no UTF-8 as U+FFFD: what was meant is lost.</summary>
    public static string Text(string text) => text.Contains(TextRepair.Replacement)
        ? throw new UsageException("it has the character U+FFFD in it, which stands for bytes that are not UTF-8; write it in a terminal or a script that is UTF-8")
        : text;

    /// <summary>Words with spaces between them, at least one.</summary>
    public static string[] Words(string text)
        => Text(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words
            ? words
            : throw new UsageException("it must have a word in it");

    /// <summary>The name of a file. One that begins with two dashes is a flag in the wrong place.</summary>
    public static string File(string text) => Name(text, "file");

    /// <summary>The name of a folder, as <see cref="File"/> reads that of a file.</summary>
    public static string Folder(string text) => string.IsNullOrWhiteSpace(text) ? throw new UsageException("it must be the name of a folder") : Name(text, "folder");

    /// <summary>A whole number, in digits alone.</summary>
    public static int Whole(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        throw new UsageException(IsTooLong(text) ? RangeOf(text) : "it must be a whole number in digits alone, such as 1000");
    }

    /// <summary>Whether it is a whole number that no option can have.</summary>
    public static bool IsTooLong(string text)
        => Digits().IsMatch(text) && !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _);

    /// <summary>What is wrong with such a number where no less is known of the option.</summary>
    public static string RangeOf(string text)
        => FormattableString.Invariant($"it must be {(text.StartsWith('-') ? "at least" : "at most")} {(text.StartsWith('-') ? int.MinValue : int.MaxValue)}");

    [GeneratedRegex("^[-+]?[0-9]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    /// <summary>A whole number from <paramref name="least"/> on.</summary>
    public static int WholeFrom(int least, string text)
        => !IsTooLong(text) && Whole(text) is var number && number >= least
            ? number
            : throw new UsageException(FormattableString.Invariant($"it must be {(text.StartsWith('-') || !IsTooLong(text) ? $"at least {least}" : $"at most {int.MaxValue}")}"));

    /// <summary>A finite number with a point for its decimals.</summary>
    public static double Fraction(string text)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out var number))
            return double.IsFinite(number) ? number : throw new UsageException("it must be a finite number");
        var withPoint = text.Replace(',', '.');
        var isDecimalComma = text.Count(character => character is ',' or '.') == 1 && double.TryParse(withPoint, Style, CultureInfo.InvariantCulture, out _);
        // Between 0 and 1 every fraction is right; what else is, depends on the flag, and a proposal must not be refused then.
        var whole = text.Split(',', '.')[0];
        throw new UsageException(isDecimalComma
            ? $"the decimals follow a point: {(whole is "0" ? $"write {withPoint}" : "write 0.5 for a half, say")}"
            : "it must be a number with a point before the decimals and nothing between thousands, such as 0.002");
    }

    /// <summary>Whole numbers with commas between them.</summary>
    public static int[] Wholes(string text)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                throw new UsageException(IsTooLong(part)
                    ? FormattableString.Invariant($"each must be from 0 to {int.MaxValue}")
                    : "it must be a list of whole numbers with commas and no spaces, such as 2000,10000");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>Finite numbers, each with a point for its decimals, with commas between them.</summary>
    public static double[] Fractions(string text)
    {
        var numbers = new List<double>();
        foreach (var part in text.Split(','))
        {
            const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
            if (!double.TryParse(part, Style, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
                throw new UsageException("it must be a list of numbers with points before the decimals, commas between them and no spaces, such as 0.5,2");
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>A time above zero: a number and its unit, as in <c>90s</c>, <c>5m</c>, <c>1.5h</c> or <c>2d</c>, or <c>HH:MM:SS</c> with days and a point before it or not.</summary>
    public static TimeSpan Time(string text)
    {
        if (SecondsOf(text) is not { } seconds)
        {
            const string Forms = "90s for seconds, 30m for half an hour, 12h, 2d, or HH:MM:SS as in 00:30:00";
            var isBare = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);
            throw new UsageException(isBare ? $"it needs a unit: write {text}s for seconds, {text}m for minutes, {text}h for hours, {text}d for days, or HH:MM:SS as in 00:30:00" : $"write {Forms}");
        }
        var most = TimeSpan.FromDays(MostDays);
        return seconds > 0 && seconds <= most.TotalSeconds && TimeSpan.FromSeconds(seconds) is { Ticks: > 0 } time
            ? time
            : throw new UsageException(FormattableString.Invariant($"it must be longer than zero and at most {MostDays:N0} days"));
    }

    /// <summary>How often: a time as <see cref="Time"/> reads it, or a whole number of something, at least 1, which is the number that is not null.</summary>
    public static (TimeSpan Time, int? Count) Frequency(string text)
    {
        try
        {
            return text.TrimStart('-', '+') is { Length: > 0 } digits && digits.All(char.IsAsciiDigit) ? (default, WholeFrom(1, text)) : (Time(text), null);
        }
        catch (UsageException fault)
        {
            throw new UsageException(FormattableString.Invariant($"{fault.Message}; right is a time, such as 5m, or a whole number from 1 to {int.MaxValue}"));
        }
    }

    private static string Name(string text, string kind)
    {
        if (text.Length == 0) throw new UsageException($"it must be the name of a {kind}");
        if (text.Contains(TextRepair.Replacement) && !Path.Exists(text))
            throw new UsageException($"it has the character U+FFFD in it, which stands for bytes that are not UTF-8; name a {kind} whose name is UTF-8");
        return text.StartsWith("--", StringComparison.Ordinal) ? throw new UsageException($"it must be the name of a {kind}; write ./{text} for one of that name") : text;
    }

    private static double? SecondsOf(string text)
    {
        double? unit = text.Length == 0 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => null };
        if (unit is not null) return unit * Number(text[..^1], NumberStyles.AllowDecimalPoint, double.MaxValue);
        if (text.Split(':') is not [var dayAndHour, var minute, var second]) return null;
        var (day, hour) = dayAndHour.Split('.') switch
        {
            [var h] => (0, Number(h, NumberStyles.None, double.MaxValue)),
            [var d, var h] => (Number(d, NumberStyles.None, double.MaxValue), Number(h, NumberStyles.None, 23)),
            _ => (null, null),
        };
        return (day * 86_400) + (hour * 3600) + (Number(minute, NumberStyles.None, 59) * 60) + Number(second, NumberStyles.AllowDecimalPoint, 60);
    }

    private static double? Number(string text, NumberStyles style, double most)
        => double.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number <= most && char.IsAsciiDigit(text[0]) ? number : null;
}

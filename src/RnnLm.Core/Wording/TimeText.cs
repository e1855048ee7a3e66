namespace RnnLm.Wording;

/// <summary>Times for people to read.</summary>
internal static class TimeText
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    // Where a time is shown in tenths of a second, and the last digit is still of some weight.
    private const double MostWithTenths = 9.95;
    private const double LeastWithTenths = 0.05;

    /// <summary>
    /// A time in the invariant culture, rounded, with its two greatest units: <c>0.4 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>1 h 2 min</c>, <c>2 d 4 h</c>. A unit of
    /// which there is none is left out.
    /// </summary>
    /// <param name="time">The time; what is below zero is shown as zero.</param>
    public static string Of(TimeSpan time)
    {
        var seconds = time.TotalSeconds;
        if (seconds <= 0) return "0 s";
        if (seconds < LeastWithTenths) return "less than 0.1 s";
        if (seconds < MostWithTenths) return FormattableString.Invariant($"{seconds:0.0} s");
        var whole = Rounded(seconds, 1);
        if (whole < Minute) return FormattableString.Invariant($"{whole} s");
        if (whole < Hour) return TwoUnits(whole, Minute, "min", 1, "s");
        whole = Rounded(seconds, Minute);
        return whole < Day ? TwoUnits(whole, Hour, "h", Minute, "min") : TwoUnits(Rounded(seconds, Hour), Day, "d", Hour, "h");
    }

    private static long Rounded(double seconds, int unit) => (long)Math.Round(seconds / unit, MidpointRounding.AwayFromZero) * unit;

    private static string TwoUnits(long seconds, int great, string greatName, int small, string smallName)
    {
        var (many, few) = (seconds / great, seconds % great / small);
        return FormattableString.Invariant($"{many:N0} {greatName}{(few == 0 ? "" : $" {few} {smallName}")}");
    }
}

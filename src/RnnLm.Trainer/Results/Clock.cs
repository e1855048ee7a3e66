namespace RnnLm.Training;

/// <summary>How a time is written for a person.</summary>
internal static class Clock
{
    /// <summary>Hours, minutes and seconds, with the days before them where there are any.</summary>
    public static string TextOf(TimeSpan time) => time.TotalDays >= 1 ? $"{time:d\\.hh\\:mm\\:ss}" : $"{time:hh\\:mm\\:ss}";
}

namespace RnnLm.Numerics;

/// <summary>Divides a range evenly among threads.</summary>
internal static class Partition
{
    /// <summary>The share of one part: the shares follow each other and differ in size by at most <paramref name="granularity"/>.</summary>
    /// <param name="length">The length of the whole range.</param>
    /// <param name="part">The part, from 0.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="granularity">What every share is a multiple of, the last one apart.</param>
    public static (int Start, int Count) Share(int length, int part, int parts, int granularity = 1)
    {
        var grains = (length + granularity - 1L) / granularity;
        var start = Math.Min(length, grains * part / parts * granularity);
        var end = Math.Min(length, grains * (part + 1) / parts * granularity);
        return ((int)start, (int)(end - start));
    }
}

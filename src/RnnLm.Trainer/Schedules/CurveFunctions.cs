namespace RnnLm.Training;

/// <summary>The curves of schedules.</summary>
internal static class CurveFunctions
{
    /// <summary>The value between two others.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="from">The value at 0.</param>
    /// <param name="to">The value at 1.</param>
    /// <param name="position">The position, from 0 to 1.</param>
    public static double Between(this ScheduleCurve curve, double from, double to, double position)
        => from + (to - from) * (curve == ScheduleCurve.Linear ? position : (1 - Math.Cos(Math.PI * position)) / 2);
}

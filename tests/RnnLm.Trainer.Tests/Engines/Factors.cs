namespace RnnLm.Training.Tests.Engines;

/// <summary>The factors by which dropout multiplies, one by one, as the reference wants them.</summary>
internal static class Factors
{
    public static Func<int, int, double> Of(TrainingOptions options, long step)
    {
        var mask = new DropoutMask(options.Dropout, options.Seed);
        return (place, index) =>
        {
            Span<float> value = [1];
            mask.Apply(value, value, step, place, index);
            return value[0];
        };
    }
}

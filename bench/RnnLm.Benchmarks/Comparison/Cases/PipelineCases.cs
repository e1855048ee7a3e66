using RnnLm.Benchmarks.Comparison.Peers;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>What it takes to fit, save and load an ML.NET pipeline with a model of 303 MB in it.</summary>
static class PipelineCases
{
    private const double SizesGoal = 3;

    public static IEnumerable<ComparisonCase> Of(Sides sides)
    {
        var saved = new Lazy<PipelineFigures>(() => sides.PipelineModel.Measure("save"));
        return
        [
            .. Of(sides, "fit", 6, () => sides.PipelineModel.Measure("fit")),
            .. Of(sides, "save", 11, () => saved.Value),
            .. Of(sides, "load", 6, () =>
            {
                _ = saved.Value; // there must be something to load, whichever cases are measured
                return sides.PipelineModel.Measure("load");
            }),
        ];
    }

    private static IEnumerable<ComparisonCase> Of(Sides sides, string step, double seconds, Func<PipelineFigures> measure)
    {
        var figures = new Lazy<PipelineFigures>(measure);
        return
        [
            new($"ML.NET pipeline of a model of 303 MB: {step}", "s", _ => figures.Value.Seconds) { Limit = seconds, IsSteady = true },
            new($"ML.NET pipeline of a model of 303 MB: {step}, peak resident memory by the model's size", "sizes", _ => (double)figures.Value.Bytes / sides.PipelineModel.Bytes)
            {
                Limit = SizesGoal,
                IsSteady = true,
            },
        ];
    }
}

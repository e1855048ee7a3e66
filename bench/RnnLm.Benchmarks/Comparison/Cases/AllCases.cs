using RnnLm.Benchmarks.Comparison.Peers;

namespace RnnLm.Benchmarks.Comparison.Cases;

/// <summary>Every case, in the order in which they are measured.</summary>
static class AllCases
{
    public static IEnumerable<ComparisonCase> Of(Sides sides, string? commandLine) =>
    [
        .. TrainingCases.Of(sides),
        .. NextWordCases.Of(sides),
        .. ScoringCases.Of(),
        .. ScalingCases.Of(sides),
        .. PeakCases.Of(sides),
        .. ResourceCases.Of(sides, commandLine),
        .. PipelineCases.Of(sides),
    ];
}

using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace RnnLm.Benchmarks.MicroBenchmarks;

/// <summary>Runs BenchmarkDotNet: all benchmarks of some classes, or those that <c>--filter</c> names.</summary>
static class MicroBenchmark
{
    public static int Run(Type[] classes, string[] flags)
    {
        if (!flags.Any(flag => flag is "--filter" or "-f" or "--list")) flags = [.. flags, "--filter", "*"];

        // In this process, since BenchmarkDotNet's own would be built without what this repository's build files decide.
        var job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance).WithIterationTime(TimeInterval.FromMilliseconds(200));
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddExporter(MarkdownExporter.GitHub)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddColumn(new GigaflopsColumn(), new ShareOfPeakColumn())
            .HideColumns(Column.Error, Column.Job, Column.Toolchain)
            .AddDiagnoser(MemoryDiagnoser.Default);
        return BenchmarkSwitcher.FromTypes(classes).Run(flags, config).All(summary => !summary.HasCriticalValidationErrors) ? 0 : 1;
    }
}

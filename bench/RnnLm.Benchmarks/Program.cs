using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using RnnLm.Benchmarks.Comparison;

// Usage: compare PYTHON PEER-SCRIPT [--quick] [--json]. bench/compare.sh sees to both and keeps the results.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ["compare", var python, var script, .. var flags])
{
    Console.Error.WriteLine("Usage: compare PYTHON PEER-SCRIPT [--quick] [--json]; bench/compare.sh calls it.");
    return 2;
}

var quick = flags.Contains("--quick");
var json = flags.Contains("--json");
var (rounds, seconds) = quick ? (3, 2.5) : (5, 4.0);
var threads = Environment.ProcessorCount;

using var peer = new PeerProcess(python, script, threads);
if (!json)
{
    Console.WriteLine($"PyTorch {peer.Version}, {threads} threads on both sides in training; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}; "
        + $"median of {rounds} interleaved rounds of {seconds} s");
    Console.WriteLine();
    Console.WriteLine("| case | ours | PyTorch | unit | ratio | goal |");
    Console.WriteLine("|---|---:|---:|---|---:|---:|");
}
foreach (var comparison in quick ? ComparisonCase.Quick : ComparisonCase.All)
{
    var ours = new double[rounds];
    var theirs = new double[rounds];
    for (var round = 0; round < rounds; round++)
    {
        theirs[round] = peer.Measure(comparison, seconds);
        ours[round] = OurSide.Measure(comparison, threads, seconds);
    }
    var result = new ComparisonResult(comparison, ours, theirs);
    Console.WriteLine(json
        ? JsonSerializer.Serialize(new { @case = comparison.Name, ours = result.OurFigure, peer = result.PeerFigure, unit = result.Unit, ratio = result.Ratio, goal = comparison.Goal })
        : $"| {comparison.Name} | {result.OurFigure:N0} | {result.PeerFigure:N0} | {result.Unit} | {result.Ratio:F2} | {comparison.Goal:F1} |");
}
return 0;

using System.Runtime.InteropServices;
using RnnLm.Benchmarks.Comparison.Cases;
using RnnLm.Benchmarks.Comparison.Peers;

namespace RnnLm.Benchmarks.Comparison;

/// <summary>Measures cases one after the other, both sides of each in turns, and prints a row as soon as it is known.</summary>
static class ComparisonRun
{
    public static int Run(ComparisonOptions options)
    {
        using var sides = new Sides();
        if (!options.Json) WriteHead(sides, options);
        foreach (var comparison in AllCases.Of(sides, options.CommandLine).Where(options.Selects))
        {
            foreach (var row in Measure(comparison, sides, options).Rows()) Console.WriteLine(options.Json ? row.ToJson() : row.ToTableRow());
        }
        if (sides.Peers.Any()) (options.Json ? Console.Error : Console.Out).WriteLine($"\n{string.Join('\n', sides.Peers.Select(peer => $"* {peer}"))}");
        return 0;
    }

    private static ComparisonResult Measure(ComparisonCase comparison, Sides sides, ComparisonOptions options)
    {
        var rounds = comparison.IsSteady ? 1 : options.Rounds;
        var seconds = options.Seconds * comparison.TimeShare;
        var ours = new double[rounds];
        var peer = new double[comparison.Peer is null ? 0 : rounds];
        for (var round = 0; round < rounds; round++)
        {
            sides.EndPeers();
            if (comparison.Peer is not null) peer[round] = comparison.Peer(seconds);
            ours[round] = comparison.Ours(seconds);
        }
        return new ComparisonResult(comparison, ours, peer);
    }

    private static void WriteHead(Sides sides, ComparisonOptions options)
    {
        Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}; medians of {options.Rounds} interleaved rounds, the peer started anew for each, {options.Seconds} s a side for the main cases and less for the others. "
            + $"In training the peer is libtorch: the TorchSharp engine with `{LibtorchSettings.Describe(sides.Threads)}`, {sides.Threads} threads on both sides. For the next word it is ONNX Runtime with the fastest graph and settings that were found, see below; ours shares large matrices among its threads, but for the cases of one thread each. "
            + "A case that names no peer says what it is measured against. A goal is for the ratio, or, where there is none, for our own figure.");
        Console.WriteLine();
        Console.WriteLine(ResultRow.TableHead);
    }
}

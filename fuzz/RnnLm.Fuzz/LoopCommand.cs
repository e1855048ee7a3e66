using System.Security.Cryptography;
using RnnLm.Fuzz.Loop;
using RnnLm.Fuzz.Targets;

namespace RnnLm.Fuzz;

/// <summary>Runs the loop and writes down what it finds.</summary>
internal static class LoopCommand
{
    private const int HangCode = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    /// <summary>Runs the loop.</summary>
    /// <returns>0 where no fault was found.</returns>
    public static int Run(FuzzTarget target, LoopArguments arguments, Coverage coverage)
    {
        var faults = Path.Combine(arguments.Faults, target.Name);
        Directory.CreateDirectory(faults);
        if (arguments.Corpus is { } folder) Directory.CreateDirectory(folder);
        var seeds = SeedFolder.Read(target).Select(seed => seed.Content);
        if (arguments.Corpus is { } corpus) seeds = seeds.Concat(Directory.EnumerateFiles(corpus).Order(StringComparer.Ordinal).Select(File.ReadAllBytes));

        using var watchdog = new Watchdog(Path.Combine(faults, "current"), Longest, input =>
        {
            Console.WriteLine($"Fault: {Write(faults, input)} takes longer than {Longest.TotalSeconds} s.");
            Environment.Exit(HangCode);
        });
        var loop = new FuzzLoop(target, seeds.ToArray(), arguments.Options, coverage);
        loop.Reading += watchdog.Begin;
        loop.HasRead += watchdog.End;
        loop.Progress += Console.WriteLine;
        loop.FaultFound += (input, outcome) => Console.WriteLine($"Fault: {Write(faults, input)}{Environment.NewLine}{outcome.Place}{Environment.NewLine}{outcome.Fault}");
        loop.Kept += input =>
        {
            if (arguments.Corpus is { } kept) Write(kept, input);
        };
        var result = loop.Run();
        Console.WriteLine($"{result}; done");
        return result.Faults == 0 ? 0 : 1;
    }

    private static string Write(string folder, byte[] input)
    {
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16]);
        File.WriteAllBytes(path, input);
        return path;
    }
}

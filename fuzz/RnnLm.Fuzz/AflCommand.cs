using RnnLm.Fuzz.Loop;
using RnnLm.Fuzz.Targets;
using SharpFuzz;

namespace RnnLm.Fuzz;

/// <summary>Reads what AFL hands over.</summary>
internal static class AflCommand
{
    /// <summary>Reads inputs until AFL has enough. A fault is thrown, which AFL takes for a crash.</summary>
    public static void Run(FuzzTarget target) => Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        var outcome = Execution.Run(target, input.ToArray());
        if (outcome.Fault is { } fault) throw new FaultException(fault);
    });
}

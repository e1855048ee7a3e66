using System.Diagnostics;
using RnnLm.Fuzz.Targets;

namespace RnnLm.Fuzz.Loop;

/// <summary>Has a target read one input, and judges what comes of it.</summary>
internal static class Execution
{
    /// <summary>Reads an input.</summary>
    public static Outcome Run(FuzzTarget target, byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Read(input);
            return Judge(target, input, before, isAccepted: true);
        }
        catch (Exception exception)
        {
            return target.IsDocumented(exception)
                ? Judge(target, input, before, isAccepted: false)
                : new Outcome(false, exception.ToString(), $"{exception.GetType().Name} {PlaceOf(exception)}");
        }
    }

    private static Outcome Judge(FuzzTarget target, byte[] input, long before, bool isAccepted)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var most = target.AllocatedAlways + ((long)input.Length * target.AllocatedForByte);
        return allocated <= most
            ? new Outcome(isAccepted, null, null)
            : new Outcome(isAccepted, $"{allocated:N0} bytes were allocated for an input of {input.Length:N0}; {most:N0} are the most.", "memory");
    }

    /// <summary>The innermost place in our own code.</summary>
    private static string PlaceOf(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        var own = typeof(Execution).Assembly;
        var frames = new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).ToList();
        var place = frames.FirstOrDefault(method => method?.DeclaringType?.Assembly is { } assembly && assembly != own && assembly.GetName().Name!.StartsWith("RnnLm.", StringComparison.Ordinal))
            ?? frames.FirstOrDefault();
        return exception is FaultException ? exception.Message : $"{exception.GetType().Name} at {place?.DeclaringType?.Name}.{place?.Name}";
    }
}

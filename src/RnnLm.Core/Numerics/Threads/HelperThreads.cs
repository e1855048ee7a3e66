namespace RnnLm.Numerics;

/// <summary>
/// Threads of the whole process that help whoever computes something large. They may be asked for at any time: who finds them busy does the
/// work alone, and who finds them asleep, or kept from a processor, has done most of it by the time they come.
/// </summary>
/// <remarks>
/// A caller and the helpers take one part after another, the next that nobody has. So no caller waits for a helper but to end a part that it
/// has begun. <see cref="Workers"/> belong to one caller, and divide their work in a way that does not depend on who comes when.
/// </remarks>
internal static unsafe class HelperThreads
{
    // More do not read the memory of most machines faster.
    private const int MostHelpers = 3;

    // Reading a matrix of as many values, from a cache that cores share or from memory, takes many times as long as calling for help: 4 MiB of single precision, 1 MiB of 8 bits.
    private const long VectorWorthSharing = 1 << 20;
    private const int PartsOfSharedVector = 12;

    // How often a helper looks for work before it sleeps: some tens of microseconds.
    private const int Patience = 2000;

    // In the lower half of the claims: there is nothing to take.
    private const uint Closed = uint.MaxValue;

    private static readonly WaitQueue Idle = new();
    private static readonly int Helpers = Start();

    private static delegate*<void*, int, void> kernel;
    private static void* kernelState;
    private static int parts;
    private static int done;
    private static int inUse;

    // The number of the run in the upper half, which makes a claim that comes late fail; the next part that nobody has in the lower.
    private static ulong claims = Closed;

    /// <summary>Runs <c>kernel(state, 0) … kernel(state, parts − 1)</c>, in any order and some at once, and returns when all are done.</summary>
    /// <param name="parts">The number of parts: one, or several for each thread there may be.</param>
    /// <param name="kernel">What is run; it does not throw.</param>
    /// <param name="state">What it is run on.</param>
    public static void Run(int parts, delegate*<void*, int, void> kernel, void* state)
    {
        // The first look at the helpers starts them.
        if (parts == 1 || Helpers == 0 || Interlocked.Exchange(ref inUse, 1) != 0)
        {
            for (var part = 0; part < parts; part++) kernel(state, part);
            return;
        }

        HelperThreads.kernel = kernel;
        kernelState = state;
        HelperThreads.parts = parts;
        done = 0;
        var run = (claims | Closed) + 1;
        Interlocked.Exchange(ref claims, run);
        Idle.WakeAll();

        Help();
        for (var looks = 0; Volatile.Read(ref done) < parts; looks++) Workers.Pause(looks);
        Volatile.Write(ref claims, run | Closed);
        Volatile.Write(ref inUse, 0);
    }

    /// <summary>Into how many parts a product of a matrix and a vector, which is bound by reading the matrix, is divided: one where it is not worth sharing.</summary>
    /// <param name="values">The number of the matrix's values.</param>
    public static int PartsOfVector(long values) => values < VectorWorthSharing ? 1 : PartsOfSharedVector;

    private static int Start()
    {
        var count = Math.Min(Environment.ProcessorCount - 1, MostHelpers);
        for (var helper = 1; helper <= count; helper++)
            new Thread(Serve) { IsBackground = true, Name = $"RnnLm helper {helper}" }.Start();
        return count;
    }

    private static void Serve()
    {
        for (var looks = 0; ; looks++)
        {
            var seen = Volatile.Read(ref claims);
            if (Help()) looks = 0;
            else if (looks < Patience) Workers.Pause(looks);
            else Idle.WaitWhile(ref claims, seen);
        }
    }

    /// <summary>Does parts until none is left; says whether there was one.</summary>
    private static bool Help()
    {
        var helped = false;
        while (true)
        {
            var seen = Volatile.Read(ref claims);
            var part = (uint)seen;
            if (part == Closed || part >= (uint)Volatile.Read(ref parts)) return helped;
            // If nobody has claimed anything since, the run is still that one, and it does not end before this part is done.
            if (Interlocked.CompareExchange(ref claims, seen + 1, seen) != seen) continue;
            kernel(kernelState, (int)part);
            Interlocked.Increment(ref done);
            helped = true;
        }
    }
}

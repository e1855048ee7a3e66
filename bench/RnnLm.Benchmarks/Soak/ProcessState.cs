using System.Diagnostics;
using System.Runtime.InteropServices;

namespace RnnLm.Benchmarks.Soak;

/// <summary>What this process holds at a moment.</summary>
/// <param name="Time">The time since the beginning.</param>
/// <param name="Managed">The bytes of the managed heap that are left after a full collection.</param>
/// <param name="Resident">
/// The bytes of memory that are resident when all that is free was given back to the system; on Linux without what is mapped from files, which
/// the system drops and reads again as it likes.
/// </param>
/// <param name="ResidentBefore">The bytes of all memory that was resident before that, when the threads had just ended.</param>
/// <param name="Threads">The number of threads.</param>
/// <param name="Handles">The number of open files, or handles on Windows.</param>
sealed partial record ProcessState(TimeSpan Time, long Managed, long Resident, long ResidentBefore, int Threads, int Handles)
{
    /// <summary>Collects all that can be, and looks.</summary>
    public static ProcessState Now(TimeSpan time)
    {
        var residentBefore = Environment.WorkingSet;
        // What a finalizer lets go is gone with the second collection.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var managed = GC.GetTotalMemory(forceFullCollection: true);
        TrimNative();
        using var process = Process.GetCurrentProcess();
        return new ProcessState(
            time, managed, Private(), residentBefore, process.Threads.Count,
            Directory.Exists("/proc/self/fd") ? Directory.GetFileSystemEntries("/proc/self/fd").Length : process.HandleCount);
    }

    public override string ToString()
        => $"managed {Managed / 1e6:N2} MB, resident {Resident / 1e6:N1} MB ({ResidentBefore / 1e6:N1} with files and what was free), {Threads} threads, {Handles} open files";

    private static long Private()
    {
        const string Status = "/proc/self/status";
        if (!File.Exists(Status)) return Environment.WorkingSet;
        return 1024 * File.ReadLines(Status)
            .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]));
    }

    /// <summary>Has the C library of Linux give back what it keeps of memory that was freed, which is more or less from one moment to the next.</summary>
    private static void TrimNative()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = MallocTrim(0);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library has no such function.
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}

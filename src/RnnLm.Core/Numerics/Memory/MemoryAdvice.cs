using System.Runtime.InteropServices;

namespace RnnLm.Numerics;

/// <summary>Tells the system how memory will be used, on Linux; elsewhere, and where the system declines, nothing changes.</summary>
internal static partial class MemoryAdvice
{
    /// <summary>Here and there: nothing is to be read ahead of what is asked for.</summary>
    public const int Random = 1;

    /// <summary>So much that huge pages are worth having.</summary>
    public const int HugePage = 14;

    /// <summary>Gives advice.</summary>
    /// <param name="start">Where the memory begins, a multiple of the page's size.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="advice">One of the above.</param>
    public static void Give(nint start, nint length, int advice)
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            _ = Madvise(start, length, advice);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library of another name: it is only advice.
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Madvise(nint address, nint length, int advice);
}

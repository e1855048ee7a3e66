using System.IO.MemoryMappedFiles;

namespace RnnLm.Fuzz.Loop;

/// <summary>
/// Watches a loop. An input that takes too long ends the process; and since one that overflows the stack ends it too, the input that is being read
/// lies in a file until it has been: its length, in four bytes, and the input. The file is memory that the system keeps, and costs a copy.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const int GreatestInput = 1 << 20;

    private readonly MemoryMappedFile current;
    private readonly MemoryMappedViewAccessor view;
    private readonly string path;
    private readonly Timer timer;
    private readonly TimeSpan limit;
    private readonly Action<byte[]> hangs;
    private byte[]? input;
    private long began;

    /// <param name="path">The file for the input that is being read.</param>
    /// <param name="limit">How long an input may take.</param>
    /// <param name="hangs">Called, from another thread, with one that takes longer.</param>
    public Watchdog(string path, TimeSpan limit, Action<byte[]> hangs)
    {
        this.path = path;
        this.limit = limit;
        this.hangs = hangs;
        current = MemoryMappedFile.CreateFromFile(path, FileMode.Create, mapName: null, sizeof(int) + GreatestInput);
        view = current.CreateViewAccessor();
        timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>An input is about to be read.</summary>
    public void Begin(byte[] next)
    {
        view.Write(0, next.Length);
        view.WriteArray(sizeof(int), next, 0, Math.Min(next.Length, GreatestInput));
        Volatile.Write(ref began, Environment.TickCount64);
        Volatile.Write(ref input, next);
    }

    /// <summary>It has been read.</summary>
    public void End() => Volatile.Write(ref input, null);

    public void Dispose()
    {
        timer.Dispose();
        view.Dispose();
        current.Dispose();
        File.Delete(path);
    }

    private void Look()
    {
        if (Volatile.Read(ref input) is { } reading && Environment.TickCount64 - Volatile.Read(ref began) > limit.TotalMilliseconds) hangs(reading);
    }
}

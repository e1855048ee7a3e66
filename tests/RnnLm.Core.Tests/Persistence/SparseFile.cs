namespace RnnLm.Tests.Persistence;

/// <summary>Files that are long and have little in them: what was never written reads as zeros and takes no room on the disk.</summary>
internal static class SparseFile
{
    /// <summary>Whatever a file says, as long as it is refused reading it may allocate so much.</summary>
    public const long MostAllocated = 2 << 20;

    /// <summary>Makes a file of pieces and holes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length.</param>
    /// <param name="pieces">What is in it, and where.</param>
    public static void Create(string path, long length, params IEnumerable<(long Place, byte[] Content)> pieces)
    {
        using var file = File.Create(path);
        file.SetLength(length);
        foreach (var (place, content) in pieces)
        {
            file.Position = place;
            file.Write(content);
        }
    }

    /// <summary>Reading must be refused for a reason, and allocate little.</summary>
    public static void AssertRefusedCheaply(Action read, string reason, long most = MostAllocated)
    {
        // Whatever is made once, as by a regular expression, is made by the first.
        Assert.Throws<ModelFormatException>(read);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<ModelFormatException>(read);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains(reason, fault.Message);
        Assert.InRange(allocated, 0, most);
    }
}

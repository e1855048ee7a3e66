using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace RnnLm.Fuzz.Loop;

/// <summary>
/// Which edges of the library an input runs over, where its assemblies have been instrumented by SharpFuzz: they count in a map that is ours. How
/// often an edge is run over counts by its power of two, as in AFL.
/// </summary>
internal sealed unsafe class Coverage
{
    private const int Size = 1 << 16;

    private readonly byte* map;
    private readonly byte[] seen = new byte[Size];

    public Coverage()
    {
        map = (byte*)NativeMemory.AllocZeroed(Size);
        Trace.SharedMem = map;
        IsMeasured = typeof(LanguageModel).Assembly.GetReferencedAssemblies().Any(assembly => assembly.Name == typeof(Trace).Assembly.GetName().Name);
    }

    /// <summary>Whether the library has been instrumented.</summary>
    public bool IsMeasured { get; }

    /// <summary>How many edges have been run over.</summary>
    public int Edges { get; private set; }

    /// <summary>Begins an input.</summary>
    public void Begin()
    {
        new Span<byte>(map, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Ends an input.</summary>
    /// <returns>Whether it ran over an edge that no input did before, or as often as none did.</returns>
    public bool End()
    {
        if (!IsMeasured) return false;
        var isNew = false;
        var words = new ReadOnlySpan<ulong>(map, Size / sizeof(ulong));
        for (var word = 0; word < words.Length; word++)
        {
            if (words[word] == 0) continue;
            for (var place = word * sizeof(ulong); place < (word + 1) * sizeof(ulong); place++)
            {
                if (map[place] == 0) continue;
                var times = (byte)(1 << int.Log2(map[place]));
                if ((seen[place] & times) != 0) continue;
                if (seen[place] == 0) Edges++;
                seen[place] |= times;
                isNew = true;
            }
        }
        return isNew;
    }
}

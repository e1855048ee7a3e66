using System.Numerics;

namespace RnnLm.Training;

/// <summary>
/// A random function rather than a sequence: the number at an index depends on the key and the index alone, so any thread may ask
/// for any part of it, in any order, and every platform gives the same.
/// </summary>
internal readonly struct CounterGenerator
{
    private readonly uint offset;
    private readonly uint salt;

    /// <summary>Makes the generator of one purpose: the same three numbers give the same generator.</summary>
    public CounterGenerator(int seed, long step, int place)
    {
        var key = Mix(Mix(Mix((uint)seed) + (ulong)step) + (uint)place);
        offset = (uint)key;
        salt = (uint)(key >> 32);
    }

    /// <summary>A number spread evenly over all 32 bits.</summary>
    public uint At(uint index)
    {
        var x = unchecked(index * 0x9E3779B1u + offset);
        x = unchecked((x ^ (x >> 16)) * 0x7FEB352Du) ^ salt;
        x = unchecked((x ^ (x >> 15)) * 0x846CA68Bu);
        return x ^ (x >> 16);
    }

    /// <summary><see cref="At(uint)"/> of several indices.</summary>
    public Vector<uint> At(Vector<uint> indices)
    {
        var x = indices * 0x9E3779B1u + new Vector<uint>(offset);
        x = ((x ^ (x >>> 16)) * 0x7FEB352Du) ^ new Vector<uint>(salt);
        x = (x ^ (x >>> 15)) * 0x846CA68Bu;
        return x ^ (x >>> 16);
    }

    // The finalizer of SplitMix64 (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong value)
    {
        var z = unchecked(value + 0x9E3779B97F4A7C15ul);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ul);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBul);
        return z ^ (z >> 31);
    }
}

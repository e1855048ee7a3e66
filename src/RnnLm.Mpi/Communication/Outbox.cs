using System.Runtime.InteropServices;

namespace RnnLm.Mpi;

/// <summary>
/// Memory that messages are sent from. It is not the managed heap's, and is never given back: where an exchange fails, MPICH goes on to read what is still on its way, for as long as the process
/// lives.
/// </summary>
internal sealed unsafe class Outbox
{
    private byte* memory;
    private int length;

    /// <summary>Takes what is to be sent, in place of what was before, all of which has arrived.</summary>
    /// <returns>Where it is.</returns>
    public byte* Put(ReadOnlySpan<byte> outgoing)
    {
        if (length < outgoing.Length)
        {
            NativeMemory.Free(memory);
            memory = null;
            length = 0;
            memory = (byte*)NativeMemory.Alloc((nuint)outgoing.Length);
            length = outgoing.Length;
        }
        outgoing.CopyTo(new Span<byte>(memory, length));
        return memory;
    }
}

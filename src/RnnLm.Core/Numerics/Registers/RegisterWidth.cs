using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RnnLm.Numerics;

/// <summary>Chooses the width of the registers that kernels compute with: the greatest that the processor has.</summary>
/// <remarks>
/// The optimising compiler knows the processor, and of the choice leaves a call of the kernel for one width. A caller that is optimised from
/// its first call on spares a process that has just begun the compilation of what lies between, but is not inlined itself.
/// </remarks>
internal static unsafe class RegisterWidth
{
    /// <summary>Runs a kernel.</summary>
    /// <returns>The kernel, with what it computed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TKernel Run<TKernel>(TKernel kernel)
        where TKernel : struct, IKernel
    {
        if (Vector512.IsHardwareAccelerated) kernel.Run<Simd512, Vector512<float>>();
        else if (Vector256.IsHardwareAccelerated) kernel.Run<Simd256, Vector256<float>>();
        else kernel.Run<Simd128, Vector128<float>>();
        return kernel;
    }

    /// <summary>Runs one part of a kernel. A pointer to this method is what <see cref="Workers"/> and <see cref="HelperThreads"/> take.</summary>
    /// <param name="kernel">The kernel: a <typeparamref name="TKernel"/>.</param>
    /// <param name="part">The part, from 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunPart<TKernel>(void* kernel, int part)
        where TKernel : unmanaged, IPartitionedKernel
        => Run(new Part<TKernel>((TKernel*)kernel, part));

    private readonly struct Part<TKernel>(TKernel* kernel, int part) : IKernel
        where TKernel : unmanaged, IPartitionedKernel
    {
        void IKernel.Run<TSimd, TVector>() => kernel->RunPart<TSimd, TVector>(part);
    }
}

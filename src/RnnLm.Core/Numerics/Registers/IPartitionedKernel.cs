namespace RnnLm.Numerics;

/// <summary>A computation in parts, which threads share, that is written once for registers of every width.</summary>
internal interface IPartitionedKernel
{
    /// <summary>Computes one part with registers of one width.</summary>
    /// <param name="part">The part, from 0.</param>
    void RunPart<TSimd, TVector>(int part)
        where TSimd : ISimd<TVector>
        where TVector : struct;
}

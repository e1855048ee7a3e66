namespace RnnLm.Numerics;

/// <summary>A computation that is written once for registers of every width. <see cref="RegisterWidth"/> runs it.</summary>
internal interface IKernel
{
    /// <summary>Computes with registers of one width.</summary>
    void Run<TSimd, TVector>()
        where TSimd : ISimd<TVector>
        where TVector : struct;
}

namespace RnnLm.Numerics;

/// <summary>One panel of <see cref="QuantizedPanels"/>, as loops read it; valid while the panels are alive.</summary>
internal readonly unsafe struct QuantizedPanel(sbyte* levels, float* scales, float* zeroPointSums)
{
    /// <summary>The integers: <c>[groups, <see cref="QuantizedPanels.PanelHeight"/>, <see cref="QuantizedPanels.GroupWidth"/>]</c>.</summary>
    public readonly sbyte* Levels = levels;

    /// <summary>The scales of the rows.</summary>
    public readonly float* Scales = scales;

    /// <summary>What sums of products begin with, in the bits of integers: minus a row's product with a vector of zero points, which is in every sum.</summary>
    public readonly float* ZeroPointSums = zeroPointSums;
}

namespace RnnLm.Training;

/// <summary>The part of a layer that a thread works on.</summary>
/// <param name="Unit">The first hidden unit.</param>
/// <param name="Units">The number of hidden units.</param>
/// <param name="Output">The first value of the hidden state; the first unit where nothing is projected.</param>
/// <param name="Outputs">The number of values of the hidden state.</param>
internal readonly record struct UnitShare(int Unit, int Units, int Output, int Outputs);

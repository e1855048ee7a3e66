namespace RnnLm.Training.Tests.Reference;

/// <summary>What a cell computed in one step of one stream; <paramref name="Gates"/> after activation, gate after gate.</summary>
internal sealed record ReferenceStep(
    double[] Input, double[] PreviousHidden, double[] PreviousCell, double[] Gates, double[] Hidden, double[] Cell);

namespace RnnLm.Generation;

/// <summary>A continuation of a beam that has ended.</summary>
/// <param name="Hypothesis">The continuation, with what ended it.</param>
/// <param name="Ending">How it ended.</param>
/// <param name="Score">By what it is held against others.</param>
internal sealed record FinishedHypothesis(BeamHypothesis Hypothesis, Ending Ending, double Score);

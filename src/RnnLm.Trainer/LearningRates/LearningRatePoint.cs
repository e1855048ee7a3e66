namespace RnnLm;

/// <summary>What the loss was with a learning rate.</summary>
/// <param name="LearningRate">The learning rate.</param>
/// <param name="Loss">The smoothed mean loss of a word, in nats.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss);

namespace RnnLm.Training;

/// <summary>The gradients of the output layer.</summary>
/// <param name="Matrix">That of the output matrix.</param>
/// <param name="Bias">That of the output bias.</param>
internal sealed record SoftmaxGradients(DenseGradient Matrix, DenseGradient Bias);

namespace RnnLm.Training;

/// <summary>The gradients of a sampled softmax: a row for every word that a window predicts or samples.</summary>
/// <param name="Matrix">That of the output matrix.</param>
/// <param name="Bias">That of the output bias.</param>
internal sealed record SampledSoftmaxGradients(RowGradient Matrix, RowGradient Bias);

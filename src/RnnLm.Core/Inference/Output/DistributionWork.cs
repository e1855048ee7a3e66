namespace RnnLm.Inference;

/// <summary>Works on the distribution after one of many hidden states; the states come from the first to the last.</summary>
/// <param name="state">The row of the state.</param>
/// <param name="logits">Its logits by word: <c>[words]</c>. They may be overwritten.</param>
/// <param name="normalizer">What is subtracted of a logit to give the log-probability.</param>
internal delegate void DistributionWork(int state, Span<float> logits, float normalizer);

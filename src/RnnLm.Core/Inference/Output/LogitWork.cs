namespace RnnLm.Inference;

/// <summary>Works on the logits, or the log-probabilities, of one of many hidden states; the states come from the first to the last.</summary>
/// <param name="state">The row of the state.</param>
/// <param name="values">Its values by word: <c>[words]</c>. They may be overwritten.</param>
internal delegate void LogitWork(int state, Span<float> values);

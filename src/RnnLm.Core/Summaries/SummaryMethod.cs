namespace RnnLm;

/// <summary>What one sentence tells of another, by which sentences are chosen for a summary.</summary>
public enum SummaryMethod
{
    /// <summary>
    /// By how many nats the model predicts the other sentence better after it has read the one: <c>log p(t | s) − log p(t)</c>, their pointwise mutual information (Padmakumar
    /// and He 2021). It needs the probability of every word of the compared sentences after every sentence.
    /// </summary>
    Information,

    /// <summary>
    /// The cosine of the sentences' embeddings, each the mean of the last layer's hidden states over a sentence's words; the sum over all sentences is the similarity to the
    /// document's centroid (Radev 2004). Every word is read once and no probability is worked out, so that it is many times faster.
    /// </summary>
    Embeddings,
}

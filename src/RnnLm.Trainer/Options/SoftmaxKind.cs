namespace RnnLm;

/// <summary>How the probability of a word is learned from the last layer's output.</summary>
public enum SoftmaxKind
{
    /// <summary>A softmax over the whole vocabulary.</summary>
    Full,

    /// <summary>
    /// A softmax over the word to predict and <see cref="TrainingOptions.SampleCount"/> others, drawn anew for every window, with
    /// logits corrected for how likely each is to be drawn (Bengio and Senécal 2008; Jean 2015). The time of a window does not
    /// depend on the vocabulary with SGD; Adam, AdamW and weight decay still move every weight in every window. The training
    /// perplexity is that of the sampled softmax, lower than the true one; validation and the trained model are exact: the weights
    /// are those of a softmax over the whole vocabulary.
    /// </summary>
    Sampled,

    /// <summary>
    /// A softmax over the most frequent words and clusters of the others, and a smaller one over the words of each cluster (Grave 2017):
    /// exact, and faster the larger the vocabulary.
    /// </summary>
    Adaptive,
}

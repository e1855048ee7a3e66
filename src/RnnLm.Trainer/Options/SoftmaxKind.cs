namespace RnnLm.Training;

/// <summary>How the probability of a word is learned from the last layer's output.</summary>
public enum SoftmaxKind
{
    /// <summary>A softmax over the whole vocabulary.</summary>
    Full,
}

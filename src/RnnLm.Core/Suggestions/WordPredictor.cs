namespace RnnLm.Suggestions;

/// <summary>What predicts words, be it a network, a mixture or a table of n-grams. It is immutable and may be used by any number of threads at once.</summary>
/// <param name="tokenizer">What splits texts into words.</param>
/// <param name="vocabulary">The words.</param>
internal abstract class WordPredictor(Tokenizer tokenizer, Vocabulary vocabulary)
{
    /// <summary>What splits texts into words.</summary>
    public Tokenizer Tokenizer => tokenizer;

    /// <summary>The words.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>A state at the beginning of a line.</summary>
    public abstract PredictorState Start();
}

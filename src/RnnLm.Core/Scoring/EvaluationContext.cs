namespace RnnLm;

/// <summary>What a word is predicted from where a text is measured. Figures in one context must not be compared with those in the other.</summary>
public enum EvaluationContext
{
    /// <summary>
    /// All words before it: the text is one stream, an end-of-line word after each line, and the state is carried across lines. Published
    /// perplexities are measured so.
    /// </summary>
    OneStream,

    /// <summary>The words before it in its line: every line is read from a fresh state.</summary>
    LinesApart,
}

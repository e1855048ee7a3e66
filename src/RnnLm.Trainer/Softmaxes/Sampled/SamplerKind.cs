namespace RnnLm;

/// <summary>From which distribution the words of a sampled softmax are drawn.</summary>
public enum SamplerKind
{
    /// <summary>
    /// <c>P(id) = ln((id + 2) / (id + 1)) / ln(V + 1)</c>, about Zipf's law: for a vocabulary in the order of frequency, as every
    /// vocabulary built here is.
    /// </summary>
    LogUniform,

    /// <summary>As often as the words occur in the corpus; a word that does not occur counts as once.</summary>
    Unigram,
}

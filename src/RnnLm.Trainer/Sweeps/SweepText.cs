namespace RnnLm.Training;

/// <summary>What the trials of a sweep learn, and are compared by.</summary>
internal sealed record SweepText(Tokenizer Tokenizer, Vocabulary Vocabulary, TokenStream Corpus, TokenStream Validation);

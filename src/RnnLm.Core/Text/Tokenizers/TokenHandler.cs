namespace RnnLm;

/// <summary>Takes one word of a text; the span is valid only during the call.</summary>
/// <param name="word">The word.</param>
public delegate void TokenHandler(ReadOnlySpan<char> word);

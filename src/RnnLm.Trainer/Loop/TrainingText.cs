namespace RnnLm.Training;

/// <summary>Finds out before training whether there is anything to learn from.</summary>
internal static class TrainingText
{
    private const int WordsOfSample = 500;

    /// <exception cref="TrainingDataException">There is nothing to learn from.</exception>
    public static void Check(Vocabulary vocabulary, TokenStream corpus, TokenStream? validation)
    {
        RequireWords(corpus, "corpus");
        if (validation is not null) RequireWords(validation, "validation text");
        if (vocabulary.Count <= 2)
        {
            throw new TrainingDataException(
                $"The vocabulary holds nothing but \"{vocabulary.UnknownWord}\" and \"{vocabulary.EndOfLineWord}\", so there is no word to " +
                "predict. Lower the least count, or give more text.");
        }
        RequireIds(corpus, "corpus", vocabulary);
        if (validation is not null) RequireIds(validation, "validation text", vocabulary);
    }

    /// <summary>The vocabulary of text that has been read.</summary>
    /// <exception cref="TrainingDataException">There is nothing to learn from.</exception>
    public static Vocabulary VocabularyOf(TokenStreamBuilder builder, VocabularyOptions? vocabularyOptions)
    {
        try
        {
            return builder.BuildVocabulary(vocabularyOptions);
        }
        catch (InvalidOperationException nothingToLearn)
        {
            throw new TrainingDataException(nothingToLearn.Message, nothingToLearn);
        }
    }

    /// <summary>How often each word of the vocabulary occurs.</summary>
    public static long[] CountWords(TokenStream corpus, Vocabulary vocabulary)
    {
        var counts = new long[vocabulary.Count];
        foreach (var id in corpus.Ids.Span) counts[id]++;
        return counts;
    }

    /// <summary>A little of the corpus, its end: to see by whether weights make sense.</summary>
    public static ValidationText SampleOf(TokenStream corpus, BatchMode mode)
        => new(new TokenStream(corpus.Ids[^Math.Min(corpus.Count, WordsOfSample)..].ToArray(), 0, 0, 0), mode);

    private static void RequireWords(TokenStream text, string name)
    {
        if (!text.Ids.Span.ContainsAnyExcept(Vocabulary.EndOfLineId))
        {
            throw new TrainingDataException(
                $"The {name} has no words: {text.LineCount} blank lines and {text.SkippedLines} that were skipped. Give at least one word.");
        }
    }

    private static void RequireIds(TokenStream text, string name, Vocabulary vocabulary)
    {
        var outside = text.Ids.Span.IndexOfAnyExceptInRange(0, vocabulary.Count - 1);
        if (outside >= 0)
        {
            throw new TrainingDataException(
                $"The {name} has the word id {text.Ids.Span[outside]}, but the vocabulary has ids from 0 to {vocabulary.Count - 1}. Build " +
                "it with this vocabulary.");
        }
    }
}

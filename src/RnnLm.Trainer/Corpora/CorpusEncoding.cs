namespace RnnLm.Training;

/// <summary>Makes the file of a corpus out of text, some of which is in memory at a time.</summary>
internal static class CorpusEncoding
{
    private const int IdsAtOnce = 1 << 20;

    /// <summary>Writes text in the ids of a vocabulary that there is.</summary>
    /// <returns>What the file says.</returns>
    public static CorpusHeader Write(string path, Tokenizer tokenizer, Vocabulary vocabulary, IEnumerable<string?> lines, CancellationToken cancellation)
    {
        using var ids = new IdFile(path);
        var (lineCount, unknown, skipped) = (0L, 0L, 0L);
        foreach (var piece in TokenStreamEncoder.InPieces(tokenizer, vocabulary, lines, IdsAtOnce, cancellation))
        {
            ids.Add(piece.Ids.Span);
            lineCount += piece.LineCount;
            unknown += piece.UnknownCount;
            skipped += piece.SkippedLines;
        }
        return Finish(path, tokenizer, vocabulary, ids, lineCount, unknown, skipped, cancellation);
    }

    /// <summary>Writes text in the ids of a vocabulary that is made of it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="builder">What reads the text.</param>
    /// <param name="tokenizerOf">The tokenizer, when it has been read.</param>
    /// <param name="vocabularyOptions">How the vocabulary is cut; null means every word.</param>
    /// <param name="lines">The text.</param>
    /// <returns>What the file says.</returns>
    public static CorpusHeader Write(
        string path, TokenStreamBuilder builder, Func<TokenStreamBuilder, Tokenizer> tokenizerOf, VocabularyOptions? vocabularyOptions, IEnumerable<string?> lines)
    {
        using var read = new IdFile(path);
        foreach (var line in lines)
        {
            builder.Add(line);
            if (builder.Position.Ids >= IdsAtOnce) read.Add(builder.Take());
        }
        read.Add(builder.Take());
        var tokenizer = tokenizerOf(builder); // of subwords it makes the words of the text
        var vocabulary = builder.BuildVocabulary(vocabularyOptions);

        using var ids = new IdFile(path);
        var unknown = 0L;
        read.ForEachPiece(piece =>
        {
            builder.CancellationToken.ThrowIfCancellationRequested();
            var translated = builder.Translate(piece.ToArray(), vocabulary);
            unknown += translated.AsSpan().Count(Vocabulary.UnknownId);
            ids.Add(translated);
        });
        return Finish(path, tokenizer, vocabulary, ids, builder.LineCount, unknown, builder.SkippedLines, builder.CancellationToken);
    }

    private static CorpusHeader Finish(
        string path, Tokenizer tokenizer, Vocabulary vocabulary, IdFile ids, long lines, long unknown, long skipped, CancellationToken cancellation)
    {
        if (ids.Count == 0) throw new InvalidOperationException("The text has no line, so there is nothing to encode. Give at least one.");
        var header = new CorpusHeader(tokenizer, vocabulary, Start: 0, (int)ids.Count, (int)lines, unknown, (int)Math.Min(skipped, int.MaxValue));
        CorpusFile.Write(path, header, ids, cancellation);
        return header;
    }
}

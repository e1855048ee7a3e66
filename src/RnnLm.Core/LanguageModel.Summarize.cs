using RnnLm.Summaries;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Summarizes a document by those of its sentences that tell most of the rest of it, no two of the same: by default those after which the model predicts the other sentences
    /// best. Each sentence is read as a line.
    /// </summary>
    /// <remarks>
    /// By <see cref="SummaryMethod.Information"/> it takes the reading and scoring of each of up to <see cref="SummaryOptions.ComparedSentences"/> sentences after each sentence
    /// of the document: of one of 100 sentences of 20 words with the default of 50, some 100,000 words. By <see cref="SummaryMethod.Embeddings"/> each word is read once.
    /// </remarks>
    /// <param name="document">The document, of any number of lines. One without a word has an empty summary.</param>
    /// <param name="options">How many sentences are chosen, and how; the defaults where null.</param>
    /// <param name="batch">How many threads; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range, or two exclude one another.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TextSummary Summarize(string document, SummaryOptions? options = null, BatchOptions? batch = null)
    {
        ArgumentNullException.ThrowIfNull(document);
        (options, batch) = (options ?? new SummaryOptions(), batch ?? new BatchOptions());
        options.Validate();
        batch.Validate();

        var ranges = new List<Range>();
        var sentences = new List<int[]>();
        foreach (var range in options.LinesAreSentences ? SentenceSplitter.LinesIn(document) : SentenceSplitter.RangesIn(document))
        {
            var ids = IdsOf(document[range], batch.CancellationToken);
            if (ids.Length == 0) continue;
            ranges.Add(range);
            sentences.Add(ids);
        }
        var pairs = new SentencePairs([.. sentences], options.ComparedSentences);
        var values = options.Method == SummaryMethod.Information
            ? pairs.Informations((texts, firsts) => ScoreEndings(texts, firsts, batch))
            : pairs.Cosines(EmbedMany([.. sentences.Select(ids => (ReadOnlyMemory<int>)ids)], new EmbeddingOptions { Pooling = EmbeddingPooling.Mean }, batch));
        var chosen = new SentenceSelection(values, pairs.Compared, [.. sentences.Select(sentence => CountWords(sentence))], options).Choose(batch.CancellationToken)
            .Select(sentence => new SummarySentence(document[ranges[sentence.Sentence]], sentence.Sentence, ranges[sentence.Sentence].Start.Value, sentence.Score));
        return new TextSummary(
            [.. options.Order == SummaryOrder.Rank ? chosen : chosen.OrderBy(sentence => sentence.Position)], sentences.Count, options.LinesAreSentences);
    }
}

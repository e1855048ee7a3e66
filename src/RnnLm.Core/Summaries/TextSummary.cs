using System.Text;
using RnnLm.Summaries;

namespace RnnLm;

/// <summary>A summary of a document: some of its sentences.</summary>
public sealed class TextSummary
{
    private readonly bool areLines;

    internal TextSummary(IReadOnlyList<SummarySentence> sentences, int sentenceCount, bool areLines)
        => (Sentences, SentenceCount, this.areLines) = (sentences, sentenceCount, areLines);

    /// <summary>The chosen sentences, in the order that was asked for.</summary>
    public IReadOnlyList<SummarySentence> Sentences { get; }

    /// <summary>The number of sentences of the document.</summary>
    public int SentenceCount { get; }

    /// <summary>
    /// The sentences as one text: with spaces between them, but behind a sentence that ends as those of Chinese and Japanese do; sentences that are lines stay lines.
    /// </summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder();
            foreach (var (sentence, _, _, _) in Sentences)
            {
                if (text.Length > 0 && areLines) text.Append('\n');
                else if (text.Length > 0 && !SentenceEnd.IsWithoutSpace(text[^1])) text.Append(' ');
                // A sentence may go over several lines of the document.
                text.Append(areLines ? sentence : sentence.ReplaceLineEndings(" "));
            }
            return text.ToString();
        }
    }

    /// <summary>The summary as one text.</summary>
    public override string ToString() => Text;
}

using System.Diagnostics;
using QuickStart;
using RnnLm;

namespace Uses;

/// <summary>Documents summarized by those of their sentences that tell most of the rest, beside the first sentences and random ones.</summary>
static class Summary
{
    private const int Documents = 10;
    private const int SentencesOfDocument = 12;
    private const int Chosen = 3;

    public static void Run()
    {
        // The model has learned single sentences and knows nothing of documents; a cache makes it expect the words of what it has read.
        var model = SampleModel.Get().With(new NeuralCache { Size = 500, Weight = 0.1, Sharpness = 1 });
        // A document: sentences that follow one another in the documentation, so that they are about much the same types.
        var sentences = DocumentationCorpus.ReadSentences();
        var documents = sentences.Chunk(sentences.Count / Documents).Select(part => part[..SentencesOfDocument]).Take(Documents).ToArray();
        var information = new SummaryOptions { Sentences = Chosen, LinesAreSentences = true };
        foreach (var sentence in model.Summarize(string.Join('\n', documents[5]), information with { Order = SummaryOrder.Rank }).Sentences)
            Console.WriteLine($"{sentence.Score,6:F2} nats  {sentence.Text}");

        // How much better does the model predict the other sentences, read one after another, when it has read the summary?
        var random = new Random(1);
        Measure("first sentences", _ => [.. Enumerable.Range(0, Chosen)]);
        Measure("random sentences", document =>
        {
            int[] places = [.. Enumerable.Range(0, document.Length)];
            random.Shuffle(places);
            return places[..Chosen];
        });
        Measure("embeddings", document => Positions(document, information with { Method = SummaryMethod.Embeddings }));
        Measure("information, repetition allowed", document => Positions(document, information with { RedundancyPenalty = 0 }));
        Measure("information", document => Positions(document, information));

        int[] Positions(string[] document, SummaryOptions options)
            => [.. model.Summarize(string.Join('\n', document), options).Sentences.Select(sentence => sentence.Position)];

        void Measure(string name, Func<string[], int[]> choose)
        {
            var (clock, gain, words) = (Stopwatch.StartNew(), 0.0, 0);
            var chosen = documents.Select(choose).ToArray();
            clock.Stop();
            foreach (var (document, places) in documents.Zip(chosen))
            {
                var rest = document.Where((_, place) => !places.Contains(place)).ToArray();
                var (after, count) = LogProbability(model, places.Select(place => document[place]), rest);
                gain += after - LogProbability(model, [], rest).Sum;
                words += count;
            }
            Console.WriteLine($"{name,-32}{gain / words,8:F4} nats a word{clock.Elapsed.TotalMilliseconds / Documents,8:F0} ms a document");
        }
    }

    /// <summary>The log-probability of sentences read after others, each a line.</summary>
    private static (double Sum, int Count) LogProbability(LanguageModel model, IEnumerable<string> before, IEnumerable<string> sentences)
    {
        var state = model.Start();
        foreach (var id in before.SelectMany(Line)) model.Network.Step(id, state);
        int[] ids = [.. sentences.SelectMany(Line)];
        return (model.Score(ids, state, new double[ids.Length]), ids.Length);

        IEnumerable<int> Line(string sentence) => [.. model.Tokenizer.Tokenize(sentence).Select(word => model.Vocabulary.IdOf(word)), Vocabulary.EndOfLineId];
    }
}

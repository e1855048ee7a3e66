using Microsoft.ML;
using RnnLm;

namespace Business;

/// <summary>Learns how entries are written, from the database, and saves the pipeline over the one of before.</summary>
static class Learning
{
    public static void Run(Ledger ledger, string path)
    {
        var mlContext = new MLContext(seed: 1);
        var entries = ledger.Load(mlContext);
        var model = mlContext.LanguageModeling.Trainers.RecurrentNetwork(new RecurrentNetworkOptions
        {
            NextWordColumnName = null,
            PerplexityColumnName = nameof(CheckedEntry.Perplexity),
            SuspectWordColumnName = nameof(CheckedEntry.Suspect),
            SuspectAlternativeColumnName = nameof(CheckedEntry.Rather),
            ValidationFraction = 0.05,
            Tokenizer = Tokenizer.Text(),
            Training =
            {
                Layers = 1, EmbeddingSize = 24, HiddenSize = 48, Epochs = 4, BatchSize = 8, Threads = 1,
                // Entries are texts of their own, one as likely to follow as another.
                BatchMode = BatchMode.Rows, Optimizer = new Adam { LearningRate = 0.01 },
            },
        }).Fit(entries);
        // Whoever serves the old file reads it to its end, or the new one from its beginning.
        mlContext.Model.Save(model, entries.Schema, $"{path}.new");
        File.Move($"{path}.new", path, overwrite: true);
        Console.WriteLine($"Learned: {model.Model.Vocabulary.Count} words, validation perplexity {model.Result!.BestValidationPerplexity:F2}.");
    }
}

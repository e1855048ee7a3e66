using Microsoft.ML;

namespace Business;

/// <summary>Finds new entries that are not written as entries usually are: those of the greatest perplexity.</summary>
static class Checking
{
    private const int Mistakes = 5;

    public static void Run(Ledger ledger, Bookkeeper bookkeeper, string path)
    {
        var last = ledger.Add(Enumerable.Range(0, 100).Select(_ => bookkeeper.Next()))[0] - 1;
        var mistakes = ledger.Add(Enumerable.Range(0, Mistakes).Select(_ => bookkeeper.Mistake())).ToHashSet();

        var mlContext = new MLContext();
        var model = mlContext.Model.Load(path, out _);
        var entries = mlContext.Data.CreateEnumerable<CheckedEntry>(model.Transform(ledger.Load(mlContext, after: last)), reuseRowObject: false).ToArray();
        var suspicious = entries.OrderByDescending(entry => entry.Perplexity).Take(Mistakes).ToArray();
        Console.WriteLine($"Of {entries.Length} new entries the {Mistakes} most unusual; {suspicious.Count(entry => mistakes.Contains(entry.Id))} of them are the {Mistakes} that somebody got wrong:");
        foreach (var entry in suspicious)
            Console.WriteLine($"  {entry.Id}  perplexity {entry.Perplexity,6:F1}  {entry.Text}{(entry.Suspect.Length > 0 ? $"   rather \"{entry.Rather}\" than \"{entry.Suspect}\"?" : "")}");
        Console.WriteLine($"  the median of all: {entries.Select(entry => entry.Perplexity).Order().ElementAt(entries.Length / 2):F1}");
    }
}

using System.Text;

namespace RnnLm.Benchmarks.Kill;

/// <summary>How many trainings, and how many of them were right, for each value of each thing that they differ in.</summary>
sealed class KillTable(IReadOnlyList<KillResult> results)
{
    public override string ToString()
    {
        var table = new StringBuilder().AppendLine("| | | trainings | kills | equal |").AppendLine("|---|---|---:|---:|---:|");
        Add("cell", result => [result.Case.Cell]);
        Add("optimizer", result => [result.Case.Optimizer]);
        Add("softmax", result => [result.Case.Softmax]);
        Add("rows", result => [result.Case.Rows ? "lines" : "streams"]);
        Add("engine", result => [result.Case.Engine]);
        Add("tied", result => [result.Case.Tied ? "yes" : "no"]);
        Add("dropout", result => [result.Case.Dropout ? "yes" : "no"]);
        Add("validation", result => [result.Case.Validation ? "yes" : "no"]);
        Add("layers", result => [$"{result.Case.Layers}"]);
        Add("threads", result => [$"{result.Case.Threads}"]);
        Add("kills", result => [$"{result.Kills.Count}"]);
        Add("moment", result => result.Kills.Select(kill => KillResult.Name(kill.Moment)).Distinct());
        return table.ToString();

        void Add(string what, Func<KillResult, IEnumerable<string>> values)
        {
            foreach (var group in results.SelectMany(result => values(result).Select(value => (Value: value, Result: result)))
                         .GroupBy(pair => pair.Value, pair => pair.Result).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                table.AppendLine($"| {what} | {group.Key} | {group.Count()} | {group.Sum(result => result.Kills.Count)} | {group.Count(result => result.IsRight)} |");
            }
        }
    }
}

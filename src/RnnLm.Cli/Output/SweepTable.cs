using System.Globalization;
using RnnLm.Wording;

namespace RnnLm.Cli.Output;

/// <summary>The trials of a sweep as a table, the best first.</summary>
static class SweepTable
{
    public static IEnumerable<string> Of(IEnumerable<SweepTrial> trials, Func<SweepSettings, string> written)
    {
        yield return Row("trial", "rung", "perplexity", "epochs", "time", "outcome", "settings");
        foreach (var trial in trials)
        {
            yield return Row(
                trial.Number.ToString(CultureInfo.InvariantCulture),
                (trial.Rung + 1)?.ToString(CultureInfo.InvariantCulture) ?? "-",
                trial.Perplexity?.ToString("N2", CultureInfo.InvariantCulture) ?? "-",
                trial.Epochs.ToString("0.0", CultureInfo.InvariantCulture),
                TimeText.Of(trial.Elapsed),
                trial.Outcome switch { null => "-", TrialOutcome.NothingLearned => "nothing yet", { } outcome => outcome.ToString().ToLowerInvariant() },
                Printable.Line(written(trial.Settings)));
        }
    }

    private static string Row(string trial, string rung, string perplexity, string epochs, string time, string outcome, string settings)
        => $"{trial,5} {rung,4} {perplexity,11} {epochs,7} {time,15}  {outcome,-11} {settings}".TrimEnd();
}

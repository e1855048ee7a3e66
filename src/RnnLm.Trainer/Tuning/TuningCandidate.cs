namespace RnnLm.Training;

/// <summary>A model that is tried on a text, and given up where another has done clearly better by then.</summary>
/// <param name="model">The model.</param>
internal sealed class TuningCandidate(LanguageModel model)
{
    // A trial of dynamic evaluation goes on while its loss is below this many times that of the best, and over the first words in any case.
    private const double Margin = 1.005;
    private const int WordsAtLeast = 5000;

    private readonly List<double> losses = []; // after every window

    /// <summary>The model.</summary>
    public LanguageModel Model => model;

    /// <summary>The perplexity of the text; infinite where it is not known.</summary>
    public double Perplexity { get; set; } = double.PositiveInfinity;

    /// <summary>Measures the model with dynamic evaluation.</summary>
    /// <param name="text">The text.</param>
    /// <param name="best">The best of its kind until now; null where it is the first.</param>
    /// <param name="options">How it is run.</param>
    /// <returns>Whether it came to the end; false too where its weights have grown beyond all bounds.</returns>
    public bool Run(TokenStream text, TuningCandidate? best, EvaluationOptions options)
    {
        using var adapted = new AdaptedMixture(model, text.Ids, model.DynamicEvaluation!, options.Threads ?? Environment.ProcessorCount);
        var loss = 0.0;
        try
        {
            while (adapted.Next())
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                foreach (var logProbability in adapted.LogProbabilities) loss -= logProbability;
                losses.Add(loss);
                if (best is not null && adapted.Position >= WordsAtLeast && loss > Margin * best.losses[losses.Count - 1]) return false;
            }
        }
        catch (NotFiniteNumberException)
        {
            return false;
        }
        Perplexity = Math.Exp(loss / text.Count);
        return double.IsFinite(Perplexity);
    }
}

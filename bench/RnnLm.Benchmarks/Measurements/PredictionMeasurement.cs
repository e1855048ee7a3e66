namespace RnnLm.Benchmarks.Measurements;

/// <summary>Managed inference, one word after another.</summary>
static class PredictionMeasurement
{
    private const int Words = 512;

    /// <summary>Reading a word and the distribution of the next.</summary>
    public static double MicrosecondsPerWord(Network network, double seconds) => 1e6 * Steps.SecondsPerStep(Distribution(network), seconds);

    /// <summary>What reading a word and the distribution of the next allocates, and choosing the most probable.</summary>
    public static double BytesPerWord(LanguageModel model, double seconds)
    {
        var read = Distribution(model.Network);
        var state = model.Start();
        return Steps.BytesPerStep(step =>
        {
            read(step);
            model.Network.Step(model.NextWordId(state), state);
        }, seconds);
    }

    private static Action<int> Distribution(Network network)
    {
        var words = RandomText.Words(network.Shape.VocabularySize, Words);
        var state = network.CreateState();
        var logProbabilities = new float[network.Shape.VocabularySize];
        return step =>
        {
            network.Step(words[step % words.Length], state);
            network.LogProbabilities(state, logProbabilities);
        };
    }
}

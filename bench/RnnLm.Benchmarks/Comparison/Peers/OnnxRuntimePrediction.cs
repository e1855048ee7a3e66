using RnnLm.Benchmarks.Measurements;
using RnnLm.Onnx;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Inference in ONNX Runtime, one word after another.</summary>
static class OnnxRuntimePrediction
{
    private const int Words = 512;
    private const int WordsToAgreeOn = 20;
    private const double Tolerance = 1e-4;
    private const double QuantizedTolerance = 5e-3; // vectors of 8 bits, where ours have 7

    // Shares of the time: each of the ways to run a network is tried, and the fastest then measured.
    private const double Trial = 0.1;
    private const double Measurement = 0.5;

    /// <summary>Reading a word and the distribution of the next, with the fastest graph and the fastest settings with at most so many threads.</summary>
    /// <exception cref="InvalidOperationException">No graph's distribution is that of managed inference: whatever it is fast at is something else.</exception>
    public static PeerProcess.Answer MicrosecondsPerWord(NetworkSetting setting, bool quantized, int threads, double seconds)
    {
        var network = setting.RandomNetwork(quantized);
        var words = RandomText.Words(setting.Vocabulary, Words);
        var expected = Expected(network, words[..WordsToAgreeOn]);
        var ways =
            from graph in GraphsOf(setting, quantized)
            from settings in OnnxRuntimeSettings.UpTo(threads)
            select (graph.File, Settings: settings, Name: $"{graph.Name} with {settings}");
        var fastest = ways.ToArray().MinBy(way => Microseconds(way.File, way.Settings, Trial * seconds));
        var figure = Microseconds(fastest.File, fastest.Settings, Measurement * seconds);
        return double.IsFinite(figure)
            ? new PeerProcess.Answer(figure, fastest.Name)
            : throw new InvalidOperationException($"ONNX Runtime's log-probabilities for {network.Shape} are not those of managed inference.");

        double Microseconds(byte[] file, OnnxRuntimeSettings settings, double time)
        {
            using var step = new OnnxRuntimeStep(settings.Start(file));
            if (!Agrees(step, words, expected, quantized ? QuantizedTolerance : Tolerance)) return double.PositiveInfinity;
            return 1e6 * Steps.SecondsPerStep(index => step.Read(words[index % words.Length]), time);
        }
    }

    /// <summary>A first prediction: loads a graph, reads a word and prints the five most probable next ones.</summary>
    public static int PredictFirst(string path)
    {
        using var step = new OnnxRuntimeStep(OnnxRuntimeSettings.OneThread.Start(path));
        var logProbabilities = step.Read(17).ToArray();
        foreach (var id in Enumerable.Range(0, logProbabilities.Length).OrderByDescending(id => logProbabilities[id]).Take(5))
            Console.WriteLine($"{id} {Math.Exp(logProbabilities[id]):0.0000}");
        return 0;
    }

    private static (string Name, byte[] File)[] GraphsOf(NetworkSetting setting, bool quantized)
    {
        if (setting.Cell != CellKind.Lstm) return [("exported graph", Exported(setting))];
        OnnxOutputProduct[] products = quantized ? [OnnxOutputProduct.DynamicQuantizeMatMul, OnnxOutputProduct.MatMulNBits] : [OnnxOutputProduct.Gemm];
        return [.. products.Select(product => (product.ToString(), OnnxStepGraph.FileOf(setting.RandomWeights(), product)))];
    }

    private static byte[] Exported(NetworkSetting setting)
    {
        using var file = new MemoryStream();
        RandomModel.Create(setting).ExportOnnx(file);
        return file.ToArray();
    }

    private static float[][] Expected(Network network, int[] words)
    {
        var state = network.CreateState();
        return [.. words.Select(word =>
        {
            var logProbabilities = new float[network.Shape.VocabularySize];
            network.Step(word, state);
            network.LogProbabilities(state, logProbabilities);
            return logProbabilities;
        })];
    }

    private static bool Agrees(OnnxRuntimeStep step, int[] words, float[][] expected, double tolerance)
    {
        foreach (var (word, distribution) in words.Zip(expected))
        {
            var actual = step.Read(word);
            for (var id = 0; id < distribution.Length; id++)
            {
                if (!(Math.Abs(actual[id] - distribution[id]) <= tolerance)) return false;
            }
        }
        return true;
    }
}

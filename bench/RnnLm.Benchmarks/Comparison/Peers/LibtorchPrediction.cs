using RnnLm.Benchmarks.Measurements;
using static TorchSharp.torch;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>Inference in libtorch, one word after another.</summary>
static class LibtorchPrediction
{
    private const int Words = 512;
    private const int WordsToAgreeOn = 20;
    private const double Tolerance = 1e-4;

    /// <summary>Reading a word and the distribution of the next. One word leaves little to share, so the better number of threads counts.</summary>
    /// <exception cref="InvalidOperationException">libtorch's distribution is not that of managed inference: whatever it is fast at is something else.</exception>
    public static double MicrosecondsPerWord(NetworkSetting setting, int threads, double seconds)
    {
        using var inference = inference_mode();
        var weights = setting.RandomWeights();
        using var network = new LibtorchNetwork(weights.Shape);
        network.Write(weights);
        var words = RandomText.Words(setting.Vocabulary, Words);
        RequireAgreement(network, new Network(weights), words[..WordsToAgreeOn]);

        var inputs = words.Select(Input).ToArray();
        return Math.Min(MicrosecondsWith(1), MicrosecondsWith(threads));

        double MicrosecondsWith(int count)
        {
            set_num_threads(count);
            return 1e6 * Steps.SecondsPerStep(step => network.call(inputs[step % inputs.Length]).Dispose(), seconds / 2);
        }
    }

    /// <summary>Saves a network for <see cref="PredictFirst"/>.</summary>
    public static int Save(string path)
    {
        using var network = new LibtorchNetwork(ColdStart.Network.Shape);
        network.save(path);
        return 0;
    }

    /// <summary>A first prediction: loads a saved network, reads a word and prints the five most probable next ones.</summary>
    public static int PredictFirst(string path)
    {
        using var inference = inference_mode();
        using var network = new LibtorchNetwork(ColdStart.Network.Shape);
        network.load(path);
        var (logProbabilities, ids) = network.call(Input(17)).topk(5);
        for (var i = 0; i < 5; i++) Console.WriteLine($"{ids[i].item<long>()} {Math.Exp(logProbabilities[i].item<float>()):0.0000}");
        return 0;
    }

    private static Tensor Input(int word) => tensor([(long)word]);

    private static void RequireAgreement(LibtorchNetwork network, Network managed, int[] words)
    {
        var state = managed.CreateState();
        var expected = new float[managed.Shape.VocabularySize];
        foreach (var word in words)
        {
            managed.Step(word, state);
            managed.LogProbabilities(state, expected);
            using var actual = network.call(Input(word));
            var difference = actual.data<float>().Zip(expected, (a, b) => Math.Abs(a - b)).Max();
            if (!(difference <= Tolerance))
                throw new InvalidOperationException($"libtorch's log-probabilities for {managed.Shape} are off by {difference:G3} from those of managed inference.");
        }
    }
}

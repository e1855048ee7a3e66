using Microsoft.ML.OnnxRuntime;

namespace RnnLm.Benchmarks.Comparison.Peers;

/// <summary>
/// A graph in ONNX Runtime that reads one word at a time. Everything is bound beforehand: of two sets of states, the one is read while the other is written,
/// so nothing is copied from word to word.
/// </summary>
sealed class OnnxRuntimeStep : IDisposable
{
    private const string Words = "words";
    private const string LogProbabilities = "log_probabilities";

    private readonly InferenceSession session;
    private readonly RunOptions options = new();
    private readonly List<OrtValue> values = [];
    private readonly OrtIoBinding[] bindings; // of every other word
    private readonly long[] word = new long[1];
    private readonly float[] logProbabilities;
    private int turn;

    /// <summary>Begins with states of zeros.</summary>
    /// <param name="session">A graph with the inputs and outputs of <see cref="Onnx.OnnxExport"/>; it ends with this object.</param>
    public OnnxRuntimeStep(InferenceSession session)
    {
        this.session = session;
        bindings = [session.CreateIoBinding(), session.CreateIoBinding()];
        logProbabilities = new float[Count(session.OutputMetadata[LogProbabilities])];
        var words = Tensor(word, session.InputMetadata[Words]);
        var distribution = Tensor(logProbabilities, session.OutputMetadata[LogProbabilities]);
        foreach (var binding in bindings)
        {
            binding.BindInput(Words, words);
            binding.BindOutput(LogProbabilities, distribution);
        }
        foreach (var (name, state) in session.InputMetadata.Where(input => input.Key != Words)) BindState(name, state);
    }

    /// <summary>Reads a word.</summary>
    /// <returns>The log-probability of every word to come next, until the next word is read.</returns>
    public ReadOnlySpan<float> Read(int id)
    {
        word[0] = id;
        session.RunWithBinding(options, bindings[turn]);
        turn = 1 - turn;
        return logProbabilities;
    }

    public void Dispose()
    {
        foreach (var binding in bindings) binding.Dispose();
        foreach (var value in values) value.Dispose();
        options.Dispose();
        session.Dispose();
    }

    private void BindState(string name, NodeMetadata state)
    {
        OrtValue[] sides = [.. bindings.Select(_ => Tensor(new float[Count(state)], state))];
        for (var side = 0; side < sides.Length; side++)
        {
            bindings[side].BindInput(name, sides[side]);
            bindings[side].BindOutput($"next_{name}", sides[1 - side]);
        }
    }

    private OrtValue Tensor<T>(T[] elements, NodeMetadata tensor) where T : unmanaged
    {
        var value = OrtValue.CreateTensorValueFromMemory(elements, SizesOf(tensor));
        values.Add(value);
        return value;
    }

    private static long Count(NodeMetadata tensor) => SizesOf(tensor).Aggregate((product, size) => product * size);

    // Those that are open are the numbers of texts and of words: one of each.
    private static long[] SizesOf(NodeMetadata tensor) => [.. tensor.Dimensions.Select(size => Math.Max(size, 1L))];
}

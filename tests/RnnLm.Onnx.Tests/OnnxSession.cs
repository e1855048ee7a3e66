using Microsoft.ML.OnnxRuntime;

namespace RnnLm.Onnx.Tests;

/// <summary>An exported model in ONNX Runtime, with the states of a batch of texts.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession session;
    private readonly Dictionary<string, OrtValue> states = [];

    public OnnxSession(byte[] file) => session = new InferenceSession(file);

    public OnnxSession(LanguageModel model, OnnxExportOptions? options = null)
        : this(FileOf(model, options))
    {
    }

    public IReadOnlyDictionary<string, NodeMetadata> Inputs => session.InputMetadata;

    public IReadOnlyDictionary<string, NodeMetadata> Outputs => session.OutputMetadata;

    public ModelMetadata Metadata => session.ModelMetadata;

    public static byte[] FileOf(LanguageModel model, OnnxExportOptions? options = null)
    {
        using var stream = new MemoryStream();
        model.ExportOnnx(stream, options);
        return stream.ToArray();
    }

    /// <summary>Begins with states of zeros.</summary>
    public void Begin(int batch)
    {
        ClearStates();
        foreach (var (name, metadata) in session.InputMetadata)
        {
            if (name == "words") continue;
            var size = metadata.Dimensions[1];
            states.Add(name, OrtValue.CreateTensorValueFromMemory(new float[batch * size], [batch, size]));
        }
    }

    /// <summary>Reads as many words into each text and keeps the states.</summary>
    /// <param name="words">The words of the first text, then those of the next.</param>
    /// <param name="batch">The number of texts.</param>
    /// <returns>What the graph gives beside the states, by name.</returns>
    public IReadOnlyDictionary<string, Array> Read(int[] words, int batch)
    {
        using var ids = OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(words, word => (long)word), [batch, words.Length / batch]);
        var inputs = new Dictionary<string, OrtValue>(states) { ["words"] = ids };
        using var options = new RunOptions();
        var names = session.OutputMetadata.Keys.ToArray();
        using var outputs = session.Run(options, inputs, names);
        var given = new Dictionary<string, Array>();
        var next = new Dictionary<string, OrtValue>();
        foreach (var (name, value) in names.Zip(outputs))
        {
            if (session.OutputMetadata[name].ElementType == typeof(long)) given.Add(name, value.GetTensorDataAsSpan<long>().ToArray());
            else if (!name.StartsWith("next_", StringComparison.Ordinal)) given.Add(name, value.GetTensorDataAsSpan<float>().ToArray());
            else next.Add(name["next_".Length..], OrtValue.CreateTensorValueFromMemory(value.GetTensorDataAsSpan<float>().ToArray(), value.GetTensorTypeAndShape().Shape));
        }
        ClearStates();
        foreach (var (name, value) in next) states.Add(name, value);
        return given;
    }

    /// <summary>Reads words and gives the log-probabilities after each: <c>[batch, steps, vocabulary]</c>.</summary>
    public float[] LogProbabilities(int[] words, int batch = 1) => (float[])Read(words, batch)["log_probabilities"];

    public void Dispose()
    {
        ClearStates();
        session.Dispose();
    }

    private void ClearStates()
    {
        foreach (var state in states.Values) state.Dispose();
        states.Clear();
    }
}

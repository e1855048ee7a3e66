using RnnLm.Onnx.Format;
using RnnLm.Onnx.Models;
using RnnLm.Persistence;

namespace RnnLm.Onnx;

/// <summary>
/// Writes language models as ONNX files (<see href="https://onnx.ai"/>), which ONNX Runtime and ML.NET's <c>ApplyOnnxModel</c> run without any package of
/// this project.
/// </summary>
public static class OnnxExport
{
    /// <summary>The version of ONNX's operators that the files use, that of ONNX 1.8; none of the operators is of another domain than ONNX's own.</summary>
    public const int OperatorSet = OnnxModel.OperatorSet;

    /// <summary>
    /// Writes a model as an ONNX file. As a model file, it is written under a temporary name and then renamed: the path holds either what was there before or
    /// the whole model.
    /// </summary>
    /// <remarks>
    /// <para>The graph takes <c>words</c>, ids as 64-bit integers <c>[batch, steps]</c>, and for each layer from 0 on its state: <c>h0</c> <c>[batch,
    /// output]</c>, and of cells with a memory <c>c0</c> <c>[batch, hidden]</c>. It gives <c>log_probabilities</c> <c>[batch, steps, vocabulary]</c>, natural
    /// logarithms of the probability of every word to come after each step, and the states after the last step, <c>next_h0</c>, <c>next_c0</c>, which are
    /// handed in with the words that follow. A text begins with states of zeros and the end-of-line word, as <see cref="LanguageModel.Start()"/> does. Of an
    /// ensemble the states are those of each member, <c>member0_h0</c> and so on.</para>
    /// <para>With <see cref="OnnxExportOptions.NextWords"/> it gives, instead of log-probabilities, <c>next_words</c> <c>[batch, count]</c>, the ids of the
    /// most probable words after the last step, the most probable first, and their <c>probabilities</c> <c>[batch, count]</c>. It reads one word of one text
    /// at a time, unless <see cref="OnnxNextWords.OneAtATime"/> says otherwise.</para>
    /// <para>Layers are ONNX's operators RNN, LSTM and GRU; a CIFG is an LSTM whose input gate has the forget gate's weights with the other sign. Where the
    /// hidden state is projected, and of a quantised model, they are a Scan over a graph of one step. The 8-bit integers and scales of a quantised model are
    /// the model's own, multiplied by MatMulInteger; vectors are rounded to 7 bits, a scale each, as the model does it. Log-probabilities are those of the
    /// model within rounding: tests hold those of single precision to 1e-4, and those of 8 bits to 1e-2 of their own size, since what is rounded to 7 bits
    /// on the brink may go the other way.</para>
    /// <para>The metadata have the vocabulary, a JSON array of words in the order of their ids, under <c>rnnlm.vocabulary</c>; the tokenizer's settings, a
    /// JSON object, under <c>rnnlm.tokenizer</c>; and the ids of the special words under <c>rnnlm.unknown_id</c> and <c>rnnlm.end_of_line_id</c>. Dynamic
    /// evaluation, which changes weights, and the training record are left out.</para>
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="path">The file, named <c>*.onnx</c> by custom; one that exists is replaced.</param>
    /// <param name="options">What the file is made for; null stands for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="NotSupportedException">
    /// The model, or a member of it, has a cache or an n-gram model, which are no operators of ONNX; or its file would have 2^31 bytes or more.
    /// </exception>
    /// <exception cref="IOException">The file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder may not be written to; the message names it.</exception>
    public static void ExportOnnx(this LanguageModel model, string path, OnnxExportOptions? options = null)
        => ExportOnnx(model, path, options, CancellationToken.None);

    /// <summary>Writes a model as an ONNX file to a stream.</summary>
    /// <inheritdoc cref="ExportOnnx(LanguageModel, string, OnnxExportOptions?)" path="/remarks"/>
    /// <param name="model">The model.</param>
    /// <param name="stream">The stream to write to, from its present position on; it stays open.</param>
    /// <param name="options">What the file is made for; null stands for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="NotSupportedException">
    /// The model, or a member of it, has a cache or an n-gram model, which are no operators of ONNX; or its file would have 2^31 bytes or more.
    /// </exception>
    public static void ExportOnnx(this LanguageModel model, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        FileOf(model, options).Write(stream);
    }

    internal static void ExportOnnx(LanguageModel model, string path, OnnxExportOptions? options, CancellationToken cancellation, FileSystem? files = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = FileOf(model, options);
        AtomicFile.Write(path, file.Write, cancellation, files);
    }

    private static OnnxModel FileOf(LanguageModel model, OnnxExportOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new OnnxExportOptions();
        options.Validate(model.Vocabulary);
        if (!BitConverter.IsLittleEndian) throw new PlatformNotSupportedException("Weights are written on little-endian processors only.");
        CheckNetworksAlone(model, "it");
        for (var i = 0; i < model.Members.Count; i++) CheckNetworksAlone(model.Members[i], $"its member {i}");

        (Network, double)[] networks = model.Members.Count == 0
            ? [(model.Network, 1)]
            : [.. model.Members.Zip(model.MemberWeights, (member, weight) => (member.Network, weight))];
        var file = new OnnxModel(
            ModelGraph.Of(networks, options.NextWords), ModelDescription.Version, ModelDescription.DocumentationOf(model), ModelDescription.MetadataOf(model));
        CheckSize(file.Size);
        return file;
    }

    /// <summary>Throws where a file of so many bytes cannot be one message of Protocol Buffers.</summary>
    internal static void CheckSize(long bytes)
    {
        if (bytes <= int.MaxValue) return;
        throw new NotSupportedException(FormattableString.Invariant(
            $"This model cannot be exported to ONNX: its file would have {bytes:N0} bytes, and one of ONNX has {int.MaxValue:N0} at most.") + " Quantised to 8 bits, it has about a quarter.");
    }

    private static void CheckNetworksAlone(LanguageModel model, string which)
    {
        var addition = model.Cache is { } cache ? $"a cache ({cache})" : model.NGram is { } interpolation ? $"an n-gram model ({interpolation})" : null;
        if (addition is null) return;
        throw new NotSupportedException(
            $"This model cannot be exported to ONNX: {which} has {addition}, which ONNX has no operators for. "
            + "The model without caches and n-gram models can be exported.");
    }
}

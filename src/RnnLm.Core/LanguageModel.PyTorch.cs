using RnnLm.PyTorch;

namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>
    /// Makes a model of the weights and the vocabulary of PyTorch's word_language_model
    /// (<see href="https://github.com/pytorch/examples/tree/main/word_language_model"/>), cells LSTM, GRU, RNN_TANH and RNN_RELU.
    /// </summary>
    /// <remarks>
    /// <para>The weights are the model's state_dict as a safetensors file: <c>encoder.weight</c> [V, E]; for each layer
    /// <c>rnn.weight_ih_l0</c> [gates * H, E or P], <c>rnn.weight_hh_l0</c> [gates * H, P], <c>rnn.bias_ih_l0</c> and
    /// <c>rnn.bias_hh_l0</c> [gates * H], and of an <c>nn.LSTM</c> with a <c>proj_size</c> P <c>rnn.weight_hr_l0</c> [P, H], P otherwise being
    /// H; <c>decoder.weight</c> [V, P]; <c>decoder.bias</c> [V]; of the types F32, F64, F16 or BF16.
    /// Sizes and number of layers follow from them. Names may all begin with the name of a module around the model's, such as
    /// <c>module.</c> or <c>_orig_mod.</c>. With <see cref="PyTorchImportOptions.AllowPickle"/> the weights may be a file of
    /// <c>torch.save</c>'s, too. The output layer is tied to the embedding where the two matrices are equal, or one
    /// of them is missing. The vocabulary is UTF-8 text, a word a line in the order of the ids, in which the unknown word and the
    /// end-of-line word may be anywhere: their ids in the model are 0 and 1, and rows are moved accordingly.</para>
    /// <para>In Python:</para>
    /// <code language="python">
    /// safetensors.torch.save_model(model, "weights.safetensors")
    /// with open("vocabulary.txt", "w", encoding="utf-8", newline="\n") as file:
    ///     file.writelines(word + "\n" for word in corpus.dictionary.idx2word)
    /// </code>
    /// </remarks>
    /// <param name="weightsPath">The safetensors file.</param>
    /// <param name="vocabularyPath">The vocabulary.</param>
    /// <param name="options">What the files do not say; null stands for the defaults.</param>
    /// <exception cref="ArgumentException">One or more options are out of range.</exception>
    /// <exception cref="ModelFormatException">
    /// The weights are cut short, altered or of no kind that is read; or names, shapes and types of tensors, vocabulary and options do not go
    /// together: the message has every mismatch.
    /// </exception>
    /// <exception cref="InvalidDataException">The vocabulary is not UTF-8; the message gives file, line and byte.</exception>
    /// <exception cref="IOException">A file cannot be read or, as <see cref="FileNotFoundException"/>, is not there; or the weights are a pipe.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static LanguageModel ImportPyTorch(string weightsPath, string vocabularyPath, PyTorchImportOptions? options = null)
        => ImportPyTorch(weightsPath, vocabularyPath, options, CancellationToken.None);

    internal static LanguageModel ImportPyTorch(string weightsPath, string vocabularyPath, PyTorchImportOptions? options, CancellationToken cancellation)
    {
        options ??= new PyTorchImportOptions();
        var (vocabulary, network) = PyTorchImport.Read(weightsPath, vocabularyPath, options, cancellation);
        return new LanguageModel(options.Tokenizer.For(vocabulary), vocabulary, network, training: null);
    }

    /// <summary>
    /// Writes the model's weights and vocabulary for PyTorch's word_language_model, in the form that <see cref="ImportPyTorch(string, string, PyTorchImportOptions?)"/> reads;
    /// the tokenizer is not among them, nor are a cache and an n-gram model. Of PyTorch's two biases the first has the values, and the second is zero but for a GRU's
    /// gate n; where the output layer is tied to the embedding, both have the matrix. Of a quantised model the weights are what its
    /// integers stand for, in single precision. Where either file cannot be written, neither is.
    /// </summary>
    /// <remarks>
    /// <para>In Python, with a vocabulary that is split at <c>\n</c> alone:</para>
    /// <code language="python">
    /// model.load_state_dict(safetensors.torch.load_file("weights.safetensors"))
    /// words = open("vocabulary.txt", encoding="utf-8", newline="\n").read().split("\n")[:-1]
    /// </code>
    /// </remarks>
    /// <param name="weightsPath">The safetensors file, named <c>*.safetensors</c> by custom; one that exists is replaced.</param>
    /// <param name="vocabularyPath">The vocabulary; a file that exists is replaced.</param>
    /// <exception cref="ArgumentException">The two paths are the same.</exception>
    /// <exception cref="NotSupportedException">
    /// The network's cells are <see cref="CellKind.Cifg"/>, which PyTorch lacks; it has layers of different sizes, as a tied one of several layers
    /// has whose embedding and hidden sizes, or projection sizes, differ, which no single module of PyTorch has; its output layer is an adaptive
    /// softmax, which word_language_model lacks; the model is an ensemble; or a word has a line break in it.
    /// </exception>
    /// <exception cref="IOException">A file cannot be written; the message names it.</exception>
    /// <exception cref="UnauthorizedAccessException">A file or its folder may not be written to; the message names it.</exception>
    public void ExportPyTorch(string weightsPath, string vocabularyPath) => ExportPyTorch(weightsPath, vocabularyPath, CancellationToken.None);

    internal void ExportPyTorch(string weightsPath, string vocabularyPath, CancellationToken cancellation)
    {
        if (Members.Count > 0) throw new NotSupportedException($"An ensemble of {Members.Count} models cannot be exported as one; export its members.");
        PyTorchExport.Write(Vocabulary, Network, weightsPath, vocabularyPath, cancellation);
    }
}

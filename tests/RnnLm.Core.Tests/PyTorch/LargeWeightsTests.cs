using RnnLm.Safetensors;
using RnnLm.Tests.Persistence;

namespace RnnLm.Tests.PyTorch;

/// <summary>Weights of gigabytes with next to nothing in them: what is wrong with them is found before there is room for any.</summary>
public sealed class LargeWeightsTests : IDisposable
{
    private const int Hidden = 16_384;

    private readonly PyTorchFolder folder = new();

    public LargeWeightsTests() => File.WriteAllText(folder.Vocabulary, "<unk>\n<eos>\na\nb\n");

    public void Dispose() => folder.Dispose();

    [UnixTheory]
    [InlineData(4, "<unk>\n<eos>\na\na\n", "The word \"a\" occurs twice in the vocabulary")]
    [InlineData(4, "<unk>\n<eos>\na\n", "The vocabulary has 3 words and the weights are for 4")]
    [InlineData(4, "<unk>\n<eos>\na\n\n", "Line 4 of the vocabulary is empty")]
    [InlineData(4, "<eos>\na\nb\nc\n", "The vocabulary lacks the unknown word")]
    [InlineData(100_000, "<unk>\n<eos>\na\nb\n", "The vocabulary has 4 words and the weights are for 100000")]
    public void Where_the_vocabulary_does_not_fit(int vocabulary, string words, string reason)
    {
        Create(vocabulary, name => name);
        File.WriteAllText(folder.Vocabulary, words);
        AssertRefused(reason);
    }

    [UnixTheory]
    [InlineData("decoder.bias", "decoder.base", "The tensor \"decoder.bias\" is missing")]
    [InlineData("rnn.bias_hh_l0", "rnn.bias_hh_l1", "The tensor \"rnn.bias_hh_l0\" is missing")]
    public void Where_a_tensor_has_another_name(string name, string other, string reason)
    {
        Create(4, tensor => tensor == name ? other : tensor);
        AssertRefused(reason);
    }

    [UnixFact]
    public void Where_weights_that_torch_save_wrote_do_not_fit_their_vocabulary()
    {
        const int Rows = 1 << 20;
        new TorchArchive()
            .Do("}(").Text("encoder.weight").Tensor("0", 4L * Rows, 0, [Rows, 4], [4, 1]).Do("u.")
            .Entry("archive/data/0", new byte[4 * 4 * Rows]).Save(folder.Weights);
        SparseFile.AssertRefusedCheaply(() => folder.Import(new PyTorchImportOptions { AllowPickle = true }), "The vocabulary has 4 words and the weights are for 1048576");
    }

    private void Create(int vocabulary, Func<string, string> rename)
    {
        (string, long[])[] tensors =
        [
            ("encoder.weight", [vocabulary, Hidden]), ("rnn.weight_ih_l0", [4 * Hidden, Hidden]), ("rnn.weight_hh_l0", [4 * Hidden, Hidden]),
            ("rnn.bias_ih_l0", [4 * Hidden]), ("rnn.bias_hh_l0", [4 * Hidden]), ("decoder.weight", [vocabulary, Hidden]), ("decoder.bias", [vocabulary]),
        ];
        var header = SafetensorsHeaderWriter.Write([], tensors.Select(tensor => (rename(tensor.Item1), TensorEntry.Float32, tensor.Item2)));
        var length = header.Length + (sizeof(float) * tensors.Sum(tensor => tensor.Item2.Aggregate(1L, (product, size) => product * size)));
        Assert.InRange(length, 8L << 30, long.MaxValue);
        SparseFile.Create(folder.Weights, length, (0, header));
    }

    private void AssertRefused(string reason) => SparseFile.AssertRefusedCheaply(() => folder.Import(), reason);
}

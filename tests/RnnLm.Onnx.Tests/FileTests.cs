using System.Runtime.InteropServices;
using System.Text.Json;
using RnnLm.Onnx.Format;
using RnnLm.Tests;

namespace RnnLm.Onnx.Tests;

public sealed class FileTests
{
    // Of Model, Graph, Node, Tensor and Value in src/RnnLm.Onnx/Format/onnx.proto.
    private const int Graph = 7, Nodes = 1, Initializers = 5, Inputs = 11, TensorName = 8, RawData = 9, Metadata = 14;

    [Fact]
    public void A_file_says_who_wrote_it_and_in_which_version_of_the_format()
    {
        var model = Read(RandomModels.Model());
        Assert.Equal([7], model.Integers(1));
        Assert.Equal("RnnLm.Onnx", model.Text(2));
        Assert.Matches(@"^\d+\.\d+\.\d+", model.Text(3));
        Assert.Contains("lstm 2×7, 23 words", model.Text(6), StringComparison.OrdinalIgnoreCase);
        var operators = model.Message(8);
        Assert.Equal("", operators.Text(1));
        Assert.Equal([OnnxExport.OperatorSet], operators.Integers(2));
    }

    [Fact]
    public void The_metadata_have_the_vocabulary_in_the_order_of_the_ids_and_the_tokenizer()
    {
        var words = new Vocabulary(["<unk>", "<eos>", "Größe", "汉字", "\"quoted\\\"", "😀", "a\nb"]);
        var tokenizer = Tokenizer.Text(lowerCase: true);
        var metadata = MetadataOf(new LanguageModel(tokenizer, words, RandomModels.Weights(CellKind.Gru, vocabulary: words.Count)));
        Assert.Equal(words, JsonSerializer.Deserialize<string[]>(metadata["rnnlm.vocabulary"])!);
        Assert.Equal(tokenizer.Settings, JsonSerializer.Deserialize<Dictionary<string, string>>(metadata["rnnlm.tokenizer"])!);
        Assert.Equal(("0", "1"), (metadata["rnnlm.unknown_id"], metadata["rnnlm.end_of_line_id"]));
    }

    [OnnxRuntimeFact]
    public void Onnx_runtime_reads_the_metadata()
    {
        var model = RandomModels.Model();
        using var session = new OnnxSession(model);
        Assert.Equal(MetadataOf(model), session.Metadata.CustomMetadataMap);
        Assert.Equal("RnnLm.Onnx", session.Metadata.ProducerName);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_value_is_made_before_it_is_taken_and_has_a_name_of_its_own(bool quantized)
    {
        foreach (var cell in RandomModels.Cells)
        {
            var model = RandomModels.Model(cell);
            var graph = Read(quantized ? model.Quantize() : model).Message(Graph);
            AssertInOrder(graph, [.. graph.Messages(Initializers).Select(tensor => tensor.Text(TensorName))]);
        }
    }

    [Fact]
    public void A_tied_matrix_is_there_once_with_the_values_that_it_has()
    {
        var model = RandomModels.Model(tied: true);
        var tensors = Read(model).Message(Graph).Messages(Initializers);
        var embedding = Assert.Single(tensors, tensor => tensor.Text(TensorName) == "embedding");
        Assert.Equal([23, 5], embedding.Integers(1));
        Assert.Equal(model.Network.Weights.Embedding.Values, MemoryMarshal.Cast<byte, float>(embedding.Bytes(RawData).Single()).ToArray());
        Assert.DoesNotContain(tensors, tensor => tensor.Text(TensorName) == "output");
    }

    [Fact]
    public void The_integers_of_a_quantised_model_are_in_the_file_and_no_more_than_a_byte_each()
    {
        var model = RandomModels.Model(CellKind.Gru, vocabulary: 400, embedding: 60, hidden: 60, tied: true);
        var quantized = model.Quantize();
        var (single, bytes) = (OnnxSession.FileOf(model), OnnxSession.FileOf(quantized));
        Assert.InRange((double)bytes.Length / single.Length, 0.2, 0.4);
        var panels = quantized.Network.Quantized!.Tensors.Embedding.Panels;
        var levels = Read(bytes).Message(Graph).Messages(Initializers).Single(tensor => tensor.Text(TensorName) == "embedding.levels").Bytes(RawData).Single();
        var row = new sbyte[panels.Columns];
        for (var word = 0; word < panels.Rows; word++)
        {
            panels.CopyRow(word, row);
            for (var column = 0; column < row.Length; column++) Assert.Equal(row[column] + 128, levels[(column * panels.Rows) + word]);
        }
    }

    [Fact]
    public void The_size_that_is_told_is_that_of_what_is_written()
    {
        var graph = new OnnxGraph(
            "a graph", [new OnnxNode("Some", ["a", ""], ["b"], [OnnxAttribute.Of("i", -1), OnnxAttribute.Of("is", 1, 300), OnnxAttribute.Of("s", ["é"])])],
            [OnnxTensor.Of("a", [300, 2], new float[600])], [new OnnxValue("c", OnnxElementType.Int64, "n", 5)], []);
        var file = new OnnxModel(graph, "1", new string('x', 200), [("key", "value")]);
        using var stream = new MemoryStream();
        file.Write(stream);
        Assert.Equal(stream.Length, file.Size);
        var node = new PlainMessage(stream.ToArray()).Message(Graph).Message(Nodes);
        Assert.Equal([-1], node.Messages(5)[0].Integers(3));
        Assert.Equal([1, 300], node.Messages(5)[1].Integers(8));
        Assert.Equal(["é"], node.Messages(5)[2].Texts(9));
    }

    [Fact]
    public void A_file_that_would_be_too_long_for_the_format_is_refused_before_anything_is_written()
    {
        var graph = new OnnxGraph("", [], [new OnnxTensor("w", OnnxElementType.Single, [40_000, 20_000], _ => { })], [], []);
        var size = new OnnxModel(graph, "", "", []).Size;
        Assert.InRange(size, 3_200_000_000, 3_200_000_100);
        var fault = Assert.Throws<NotSupportedException>(() => OnnxExport.CheckSize(size));
        Assert.Contains("2,147,483,647 at most", fault.Message);
        OnnxExport.CheckSize(int.MaxValue);
    }

    [Fact]
    public void The_same_model_gives_the_same_bytes()
        => Assert.Equal(OnnxSession.FileOf(RandomModels.Model(CellKind.Cifg, projection: 3)), OnnxSession.FileOf(RandomModels.Model(CellKind.Cifg, projection: 3)));

    [Fact]
    public void A_file_is_replaced_whole_or_stays_as_it_was()
    {
        var folder = Directory.CreateTempSubdirectory("rnnlm-onnx-");
        try
        {
            var (model, path) = (RandomModels.Model(), Path.Combine(folder.FullName, "model.onnx"));
            File.WriteAllText(path, "before");
            Assert.Throws<OperationCanceledException>(() => OnnxExport.ExportOnnx(model, path, null, new CancellationToken(canceled: true)));
            Assert.Equal("before", File.ReadAllText(path));
            model.ExportOnnx(path);
            Assert.Equal(OnnxSession.FileOf(model), File.ReadAllBytes(path));
            Assert.Single(folder.EnumerateFileSystemInfos());
            Assert.Contains("missing", Assert.Throws<DirectoryNotFoundException>(() => model.ExportOnnx(Path.Combine(folder.FullName, "missing", "model.onnx"))).Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Looks at a graph and the graphs in it, which see what was made around them before.</summary>
    private static void AssertInOrder(PlainMessage graph, HashSet<string> known)
    {
        foreach (var input in graph.Messages(Inputs)) Assert.True(known.Add(input.Text(1)));
        foreach (var node in graph.Messages(Nodes))
        {
            Assert.All(node.Texts(1), input => Assert.True(input == "" || known.Contains(input), $"{node.Text(4)} takes {input}, which is not there."));
            foreach (var body in node.Messages(5).SelectMany(attribute => attribute.Messages(6))) AssertInOrder(body, known);
            Assert.All(node.Texts(2), output => Assert.True(known.Add(output), $"{output} is made twice."));
        }
        Assert.All(graph.Messages(12), output => Assert.Contains(output.Text(1), known));
    }

    private static Dictionary<string, string> MetadataOf(LanguageModel model) => Read(model).Messages(Metadata).ToDictionary(entry => entry.Text(1), entry => entry.Text(2));

    private static PlainMessage Read(LanguageModel model) => Read(OnnxSession.FileOf(model));

    private static PlainMessage Read(byte[] file) => new(file);
}

using System.Buffers.Binary;
using static RnnLm.Tests.Persistence.ChangedModelFiles;

namespace RnnLm.Tests.Persistence;

public class QuantizedModelFileTests
{
    private static readonly LanguageModel Model = RandomModels.Model(CellKind.Gru, vocabulary: 4, embedding: 3, hidden: 2, layers: 1).Quantize();
    private static readonly byte[] File = ModelFileTests.FileOf(Model);

    public static TheoryData<CellKind, int, bool> Networks => ModelFileTests.Networks;

    private static byte[] Changed(Action<PlainSafetensors> change) => ChangedModelFiles.Changed(File, change);

    private static void AssertEqual(LanguageModel expected, LanguageModel actual)
    {
        Assert.True(actual.IsQuantized);
        foreach (var (matrix, other) in expected.Network.Quantized!.Tensors.Matrices.Zip(actual.Network.Quantized!.Tensors.Matrices))
        {
            Assert.Equal(matrix.Panels.Scales.ToArray(), other.Panels.Scales.ToArray());
            var (levels, otherLevels) = (new sbyte[matrix.Panels.Columns], new sbyte[matrix.Panels.Columns]);
            for (var row = 0; row < matrix.Panels.Rows; row++)
            {
                matrix.Panels.CopyRow(row, levels);
                other.Panels.CopyRow(row, otherLevels);
                Assert.Equal(levels, otherLevels);
            }
        }
        ModelFileTests.AssertEqual(expected, actual);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_saved_model_is_loaded_as_it_was(CellKind cell, int layers, bool tied)
    {
        var model = RandomModels.Model(cell, vocabulary: 150, layers: layers, tied: tied).Quantize();
        var file = ModelFileTests.FileOf(model);
        var loaded = ModelFileTests.ModelOf(file);
        AssertEqual(model, loaded);
        Assert.Equal(model.NextWords("w3 w4"), loaded.NextWords("w3 w4"));
        Assert.Equal(file, ModelFileTests.FileOf(loaded));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_has_at_most_three_tenths_of_the_size(bool tied)
    {
        var model = RandomModels.Model(vocabulary: 3000, embedding: 200, hidden: 200, tied: tied);
        Assert.InRange(ModelFileTests.FileOf(model.Quantize()).Length, 1, 0.3 * ModelFileTests.FileOf(model).Length);
    }

    [Fact]
    public void A_plain_reader_of_safetensors_finds_integers_and_scales()
    {
        var model = RandomModels.Model(CellKind.Gru, layers: 2, training: ModelFileTests.ModelWithEverything().Training).Quantize();
        var weights = model.Network.CopyWeights();
        var file = new PlainSafetensors(ModelFileTests.FileOf(model));
        Assert.Equal("int8", (string)file.Metadata["precision"]!);
        Assert.Equal("2", (string)file.Metadata["format_version"]!);
        foreach (var parameter in weights.Parameters)
        {
            if (parameter.Columns == 1)
            {
                Assert.Equal(parameter.Values, file.Floats(parameter.Name));
                continue;
            }
            Assert.Equal("I8", file.Type(parameter.Name));
            Assert.Equal([parameter.Rows, parameter.Columns], file.Shape(parameter.Name));
            Assert.Equal([parameter.Rows], file.Shape(parameter.Name + ".scales"));
            var levels = file.Bytes(parameter.Name).ToArray();
            var scales = file.Floats(parameter.Name + ".scales");
            for (var i = 0; i < levels.Length; i++) Assert.Equal(parameter.Values[i], scales[i / parameter.Columns] * (sbyte)levels[i]);
        }
        Assert.Equal(model.Vocabulary, file.Words());

        var next = 0;
        foreach (var name in file.Names)
        {
            var (begin, end) = file.Offsets(name);
            Assert.Equal(next, begin);
            if (file.Type(name) is not ("U8" or "I8")) Assert.Equal(0, begin % 4);
            next = end;
        }
    }

    [Fact]
    public void A_file_in_full_precision_says_nothing_of_precision_and_is_of_the_first_version()
    {
        var file = new PlainSafetensors(ModelFileTests.FileOf(RandomModels.Model()));
        Assert.False(file.Metadata.ContainsKey("precision"));
        Assert.Equal("1", (string)file.Metadata["format_version"]!);
    }

    [Fact]
    public void A_file_that_another_program_wrote_without_a_checksum_and_in_another_order_is_read()
        => AssertEqual(Model, ModelFileTests.ModelOf(Changed(file => file.ReverseData())));

    [Fact]
    public void A_file_cut_short_anywhere_is_refused() => AssertRefusedWhenCutShort(File);

    [Fact]
    public void A_file_with_any_bit_altered_is_refused()
        => AssertRefusedWithAnyBitAltered(File, model => AssertEqual(Model, model));

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_or_a_format_exception()
        => AssertModelOrRefusedWithAnyByteAltered(File, () => [(byte)'"', byte.MaxValue]);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(-1f)]
    [InlineData(1e37f)]
    public void Scales_that_cannot_be_are_named(float scale)
        => AssertRefused(
            Changed(file => BinaryPrimitives.WriteSingleLittleEndian(file.Bytes("layers.0.input.scales")[8..], scale)), "layers.0.input", "row 2");

    [Fact]
    public void A_bias_that_is_not_finite_is_named()
        => AssertRefused(Changed(file => BinaryPrimitives.WriteSingleLittleEndian(file.Bytes("output_bias"), float.NaN)), "output_bias");

    [Theory]
    [InlineData("embedding")]
    [InlineData("embedding.scales")]
    [InlineData("layers.0.recurrent.scales")]
    public void A_tensor_that_lacks_is_named(string name)
        => AssertRefused(Changed(file => file.Rename(name, "something_else")), $"lacks the tensor \"{name}\"");

    [Fact]
    public void Tensors_of_another_type_or_shape_are_refused()
    {
        AssertRefused(Changed(file => file.Header["embedding"]!["dtype"] = "U8"), "embedding", "U8", "I8");
        AssertRefused(Changed(file => file.Header["embedding.scales"]!["dtype"] = "I32"), "embedding.scales", "I32", "F32");
        AssertRefused(Changed(file => file.Header["embedding"]!["shape"] = new System.Text.Json.Nodes.JsonArray(3, 4)), "[3, 4]", "[4, 3]");
        AssertRefused(Changed(file => file.Metadata.Remove("precision")), "bytes");
        AssertRefused(Changed(file => file.Metadata["shape.vocabulary_size"] = "2000000000"));
        AssertRefused(Changed(file => file.Metadata["shape.hidden_size"] = "20000"), "bytes");
    }

    [Fact]
    public void A_model_goes_through_a_file_on_disk()
    {
        var path = Path.GetTempFileName();
        try
        {
            Model.Save(path);
            AssertEqual(Model, LanguageModel.Load(path));
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}

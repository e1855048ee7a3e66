using System.Text.Json.Nodes;
using static RnnLm.Tests.Persistence.ChangedModelFiles;

namespace RnnLm.Tests.Persistence;

/// <summary>Model files of networks whose hidden states are projected, whole and damaged.</summary>
public class ProjectedModelFileTests
{
    private static readonly LanguageModel Model = RandomModels.Model(CellKind.Cifg, vocabulary: 4, embedding: 2, hidden: 3, layers: 1, tied: true, projection: 2);
    private static readonly byte[] File = ModelFileTests.FileOf(Model);

    private static byte[] Changed(Action<PlainSafetensors> change) => ChangedModelFiles.Changed(File, change);

    [Theory]
    [InlineData(CellKind.Lstm, 1, false, false)]
    [InlineData(CellKind.Lstm, 3, true, false)]
    [InlineData(CellKind.Cifg, 2, false, false)]
    [InlineData(CellKind.Cifg, 2, true, true)]
    [InlineData(CellKind.Lstm, 1, false, true)]
    public void A_saved_model_is_loaded_as_it_was(CellKind cell, int layers, bool tied, bool isQuantized)
    {
        var model = RandomModels.Model(cell, vocabulary: 150, layers: layers, tied: tied, projection: 4);
        if (isQuantized) model = model.Quantize();
        var file = ModelFileTests.FileOf(model);
        var loaded = ModelFileTests.ModelOf(file);
        ModelFileTests.AssertEqual(model, loaded);
        Assert.Equal(isQuantized, loaded.IsQuantized);
        Assert.Equal(model.NextWords("w3 w4"), loaded.NextWords("w3 w4"));
        Assert.Equal(file, ModelFileTests.FileOf(loaded));
    }

    [Fact]
    public void The_file_has_a_version_that_older_readers_refuse_and_tensors_of_the_right_sizes()
    {
        var file = new PlainSafetensors(ModelFileTests.FileOf(RandomModels.Model(CellKind.Lstm, layers: 2, projection: 4)));
        Assert.Equal("3", (string)file.Metadata["format_version"]!);
        Assert.Equal("4", (string)file.Metadata["shape.projection_size"]!);
        Assert.Equal([28, 5], file.Shape("layers.0.input"));
        Assert.Equal([28, 4], file.Shape("layers.0.recurrent"));
        Assert.Equal([4, 7], file.Shape("layers.0.projection"));
        Assert.Equal([28, 4], file.Shape("layers.1.input"));
        Assert.Equal([23, 4], file.Shape("output"));

        var quantized = new PlainSafetensors(ModelFileTests.FileOf(Model.Quantize()));
        Assert.Equal("3", (string)quantized.Metadata["format_version"]!);
        Assert.Equal("I8", quantized.Type("layers.0.projection"));
        Assert.Equal([2], quantized.Shape("layers.0.projection.scales"));

        Assert.Equal("3", (string)new PlainSafetensors(ModelFileTests.FileOf(RandomModels.Model(CellKind.Cifg))).Metadata["format_version"]!);
        var plain = new PlainSafetensors(ModelFileTests.FileOf(RandomModels.Model()));
        Assert.Equal("1", (string)plain.Metadata["format_version"]!);
        Assert.DoesNotContain(plain.Metadata, pair => pair.Key.Contains("projection"));
    }

    [Fact]
    public void The_8_bit_file_of_Gboards_network_has_about_a_million_and_a_half_bytes_and_its_words()
    {
        var model = RandomModels.Model(CellKind.Cifg, vocabulary: 10_000, embedding: 96, hidden: 670, layers: 1, tied: true, projection: 96).Quantize();
        Assert.InRange(ModelFileTests.FileOf(model).Length, 1_400_000, 1_700_000);
    }

    [Theory]
    [InlineData("format_version", "2", "must be at least 3")]
    [InlineData("shape.projection_size", "0", "whole number")]
    [InlineData("shape.projection_size", "-2", "whole number")]
    [InlineData("shape.projection_size", "two", "whole number")]
    [InlineData("shape.projection_size", "99999999999", "whole number")]
    [InlineData("shape.projection_size", "3", "below the hidden size, 3")]
    [InlineData("shape.projection_size", "2147483647", "below the hidden size, 3")]
    [InlineData("shape.projection_size", "1", "must be the embedding size, 2")]
    [InlineData("shape.hidden_size", "2", "below the hidden size, 2")]
    [InlineData("shape.hidden_size", "4", "bytes")]
    [InlineData("shape.hidden_size", "2000000000", "not possible")]
    [InlineData("shape.cell", "gru", "gru cells cannot be projected")]
    [InlineData("shape.cell", "lstm", "bytes")]
    [InlineData("shape.tied", "false", "bytes")]
    public void Metadata_that_cannot_be_are_named(string key, string value, string reason)
        => AssertRefused(Changed(file => file.Metadata[key] = value), reason);

    [Fact]
    public void A_projection_that_the_metadata_do_not_tell_of_is_refused()
        => AssertRefused(Changed(file => file.Metadata.Remove("shape.projection_size")), "bytes");

    [Fact]
    public void Tensors_that_lack_or_have_another_shape_are_named()
    {
        AssertRefused(Changed(file => file.Rename("layers.0.projection", "something_else")), "lacks the tensor \"layers.0.projection\"");
        AssertRefused(Changed(file => file.Header["layers.0.projection"]!["shape"] = new JsonArray(3, 2)), "layers.0.projection", "[3, 2]", "[2, 3]");
        AssertRefused(Changed(file => file.Header["layers.0.recurrent"]!["shape"] = new JsonArray(6, 3)), "layers.0.recurrent", "[6, 3]", "[9, 2]");
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused() => AssertRefusedWhenCutShort(File);

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_or_a_format_exception()
        => AssertModelOrRefusedWithAnyByteAltered(File, () => [(byte)'3', (byte)'"']);
}

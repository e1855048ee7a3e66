using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using RnnLm.Persistence;
using static RnnLm.Tests.Persistence.ChangedModelFiles;

namespace RnnLm.Tests.Persistence;

/// <summary>Files that are cut short, altered or made to do harm.</summary>
public class HostileModelFileTests
{
    private static readonly LanguageModel Model = RandomModels.Model(CellKind.Gru, vocabulary: 4, embedding: 2, hidden: 2, layers: 1);
    private static readonly byte[] File = ModelFileTests.FileOf(Model);

    private static byte[] Changed(Action<PlainSafetensors> change) => ChangedModelFiles.Changed(File, change);

    private static byte[] WithMetadata(string key, string value) => Changed(file => file.Metadata[key] = value);

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        AssertRefusedWhenCutShort(File);
        AssertRefused(File[..^1], "cut short");
        AssertRefused(File[..20], "cut short");
        AssertRefused([], "0 bytes");
    }

    [Fact]
    public void A_file_with_any_bit_altered_is_refused()
        => AssertRefusedWithAnyBitAltered(File, model => ModelFileTests.AssertEqual(Model, model));

    [Fact]
    public void Without_a_checksum_any_alteration_is_a_model_or_a_format_exception()
    {
        var random = new Random(1);
        AssertModelOrRefusedWithAnyByteAltered(File, () => [(byte)'"', (byte)random.Next(256)]);
    }

    [Fact]
    public void An_altered_weight_is_found_by_the_checksum()
    {
        var altered = (byte[])File.Clone();
        altered[^100] ^= 1;
        AssertRefused(altered, "altered or damaged", "checksum");
    }

    [Fact]
    public void A_file_that_goes_on_after_the_model_is_refused() => AssertRefused([.. File, 0], "goes on");

    [Fact]
    public void A_file_of_another_kind_is_called_so()
    {
        AssertRefused(Encoding.UTF8.GetBytes("Call me Ishmael. Some years ago, never mind how long precisely"), "not a model file");
        AssertRefused(new byte[1000], "not a model file");
        var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("TransformerChain").Open().Dispose();
        AssertRefused(zip.ToArray(), "zip", "ML.NET");
        AssertRefused(PlainSafetensors.FileOf("{\"weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[4]), "not a language model", "format");
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(1UL << 63)]
    [InlineData(1UL << 32)]
    [InlineData((1UL << 24) + 1)]
    public void A_header_of_absurd_length_is_refused(ulong length)
    {
        var altered = (byte[])File.Clone();
        BinaryPrimitives.WriteUInt64LittleEndian(altered, length);
        AssertRefused(altered, length.ToString());
    }

    [Theory]
    [InlineData("The cat sat on the mat.\n")]
    [InlineData("\tÜbung macht")]
    [InlineData("“No,” he said")]
    public void A_text_is_called_text(string text) => AssertRefused(Encoding.UTF8.GetBytes(text), "This is not a model file but text.");

    [Fact]
    public void A_header_longer_than_the_file_is_refused_without_room_being_made_for_it()
    {
        var altered = (byte[])File.Clone();
        BinaryPrimitives.WriteUInt64LittleEndian(altered, 1 << 24);
        AssertRefused(altered, "cut short", "16777216");
    }

    [Fact]
    public void A_newer_version_is_named()
        => AssertRefused(WithMetadata("format_version", $"{ModelMetadata.NewestVersion + 1}"), "newer version", $"format version {ModelMetadata.NewestVersion + 1}", $"up to {ModelMetadata.NewestVersion}");

    [Theory]
    [InlineData("format_version", "0", "format_version")]
    [InlineData("format_version", "one", "format_version")]
    [InlineData("precision", "int8", "bytes")]
    [InlineData("precision", "int4", "must be int8")]
    [InlineData("shape.cell", "perceptron", "elman, relu, lstm, gru, cifg")]
    [InlineData("shape.cell", "cifg", "format version must be at least 3")]
    [InlineData("shape.tied", "perhaps", "true or false")]
    [InlineData("shape.layers", "2", "lacks the tensor|bytes")]
    [InlineData("shape.layers", "2147483647", "tensors")]
    [InlineData("shape.layers", "-1", "whole number")]
    [InlineData("shape.hidden_size", "2000000000", "not possible")]
    [InlineData("shape.embedding_size", "20000", "bytes")]
    [InlineData("shape.vocabulary_size", "2147483647", "vocabulary")]
    [InlineData("shape.vocabulary_size", "99999999999", "whole number")]
    [InlineData("tokenizer.name", "guess", "whitespace, text, characters or subwords")]
    [InlineData("tokenizer.colour", "red", "colour")]
    [InlineData("figure.perplexity", "good", "good")]
    public void Metadata_that_cannot_be_are_named(string key, string value, string reasons)
    {
        var fault = Assert.Throws<ModelFormatException>(() => ModelFileTests.ModelOf(WithMetadata(key, value)));
        Assert.Contains(reasons.Split('|'), reason => fault.Message.Contains(reason));
        AssertRefused(WithMetadata(key, value));
    }

    [Theory]
    [InlineData("format_version")]
    [InlineData("shape.cell")]
    [InlineData("shape.hidden_size")]
    [InlineData("shape.tied")]
    [InlineData("tokenizer.name")]
    public void Metadata_that_lack_are_named(string key)
        => AssertRefused(Changed(file => file.Metadata.Remove(key)), $"\"{key.Split('.')[^1]}\"".Replace("\"hidden_size\"", "hidden_size").Replace("\"cell\"", "cell").Replace("\"tied\"", "tied"));

    [Theory]
    [InlineData("embedding")]
    [InlineData("layers.0.recurrent")]
    [InlineData("output_bias")]
    [InlineData("vocabulary.words")]
    [InlineData("vocabulary.offsets")]
    public void A_tensor_that_lacks_is_named(string name)
        => AssertRefused(Changed(file => file.Rename(name, "something_else")), $"lacks the tensor \"{name}\"");

    [Fact]
    public void A_tensor_too_many_is_named()
        => AssertRefused(Changed(file => file.Header["more"] = JsonNode.Parse($"{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[{file.Data.Length},{file.Data.Length}]}}")), "\"more\"");

    [Fact]
    public void Tensors_of_another_type_or_shape_are_refused()
    {
        AssertRefused(Changed(file => file.Header["embedding"]!["dtype"] = "I32"), "embedding", "I32", "F32");
        AssertRefused(Changed(file => file.Header["embedding"]!["dtype"] = "F16"), "embedding", "bytes");
        AssertRefused(Changed(file => file.Header["embedding"]!["dtype"] = "F12"), "embedding", "F12");
        AssertRefused(Changed(file => file.Header["embedding"]!["shape"] = new JsonArray(2, 4)), "[2, 4]", "[4, 2]");
        AssertRefused(Changed(file => file.Header["embedding"]!["shape"] = new JsonArray(8)), "[8]", "[4, 2]");
        AssertRefused(Changed(file => file.Header["embedding"]!["shape"] = new JsonArray(4, -2)), "whole numbers");
        AssertRefused(Changed(file => file.Header["embedding"]!["shape"] = new JsonArray(long.MaxValue, long.MaxValue, 2)), "embedding");
        AssertRefused(Changed(file => file.Header["embedding"]!["shape"] = new JsonArray([.. Enumerable.Repeat(1, 1000).Select(one => JsonValue.Create(one))])), "embedding");
        AssertRefused(Changed(file => file.Header["vocabulary.words"]!["dtype"] = "I8"), "vocabulary.words", "U8");
    }

    [Fact]
    public void Tensors_in_the_wrong_place_are_refused()
    {
        var (begin, end) = new PlainSafetensors(File).Offsets("layers.0.input");
        AssertRefused(Changed(file => file.SetOffsets("layers.0.input", begin - 4, end - 4)), "overlap or leave a gap");
        AssertRefused(Changed(file => file.SetOffsets("layers.0.input", begin + 4, end + 4)), "overlap or leave a gap");
        AssertRefused(Changed(file => file.SetOffsets("layers.0.input", end, begin)), "beginning and its end");
        AssertRefused(Changed(file => file.SetOffsets("layers.0.input", -4, 4)), "whole numbers");
        AssertRefused(Changed(file => file.SetOffsets("layers.0.input", begin, end + 4)), "bytes");
        AssertRefused(Changed(file => file.SetOffsets("vocabulary.words", long.MaxValue - 1, long.MaxValue)), "vocabulary.words");
        AssertRefused(Changed(file => file.Header["layers.0.input"]!["data_offsets"] = new JsonArray(begin)), "offsets");
        AssertRefused(Changed(file => file.Data = file.Data[4..]), "cut short");
        AssertRefused(Changed(file => file.Data = [.. file.Data, 0]), "goes on");
    }

    [Fact]
    public void A_vast_tensor_that_is_not_there_takes_no_room()
    {
        const long Vast = 1L << 40;
        AssertRefused(
            Changed(file =>
            {
                var begin = file.Offsets("vocabulary.words").Begin;
                file.Header["vocabulary.words"]!["shape"] = new JsonArray(Vast);
                file.SetOffsets("vocabulary.words", begin, begin + Vast);
            }),
            "cut short");
    }

    [Fact]
    public void What_occurs_twice_is_refused()
    {
        var header = Changed(_ => { });
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(header);
        var json = Encoding.UTF8.GetString(header, 8, length);
        var data = header[(8 + length)..];
        byte[] With(string before, string more) => PlainSafetensors.FileOf(json.Replace(before, more + before), data);

        AssertRefused(With("\"embedding\":", "\"embedding\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},"), "\"embedding\" twice");
        AssertRefused(With("\"format\":", "\"format\":\"rnnlm\","), "\"format\" twice");
        AssertRefused(With("\"__metadata__\":", "\"__metadata__\":{},"), "\"__metadata__\" twice");
        AssertRefused(With("\"dtype\":\"U8\"", "\"dtype\":\"U8\","), "\"dtype\" twice");
        AssertRefused(With("\"dtype\":\"U8\"", "\"colour\":\"U8\","), "colour");
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{\"__metadata__\":[]}")]
    [InlineData("{\"__metadata__\":{\"format\":1}}")]
    [InlineData("{\"a\":null}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\"}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[[[1]]],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,0]}}")]
    [InlineData("{\"a\\ud800\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}")]
    public void A_header_that_is_no_header_is_refused(string header) => AssertRefused(PlainSafetensors.FileOf(header, []));

    [Fact]
    public void A_header_that_is_not_UTF_8_is_refused()
    {
        var altered = Changed(file => file.Metadata["training.remark"] = "xyz");
        altered[altered.AsSpan().IndexOf("xyz"u8)] = 0xFF;
        AssertRefused(altered, "JSON");
    }

    [Fact]
    public void Deeply_nested_JSON_is_refused()
        => AssertRefused(PlainSafetensors.FileOf("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}", []));

    [Fact]
    public void Words_that_cannot_be_are_named()
    {
        static void Set(PlainSafetensors file, int id, int offset) => BinaryPrimitives.WriteInt32LittleEndian(file.Bytes("vocabulary.offsets")[(4 * id)..], offset);

        // <unk><eos>w2w3
        AssertRefused(Changed(file => "w2"u8.CopyTo(file.Bytes("vocabulary.words")[^2..])), "\"w2\" occurs twice", "2 and 3");
        AssertRefused(Changed(file => file.Bytes("vocabulary.words")[^1] = 0xFF), "id 3", "UTF-8");
        AssertRefused(Changed(file => Set(file, 1, 10)), "id 1 is empty");
        AssertRefused(Changed(file => Set(file, 2, 3)), "id 1");
        AssertRefused(Changed(file => Set(file, 2, -1)), "id 1");
        AssertRefused(Changed(file => Set(file, 2, int.MaxValue)), "id 1");
        AssertRefused(Changed(file => Set(file, 0, 1)), "offsets");
        AssertRefused(Changed(file => Set(file, 4, 13)), "offsets");
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused_by_name()
        => AssertRefused(Changed(file => BinaryPrimitives.WriteSingleLittleEndian(file.Bytes("layers.0.bias"), float.NaN)), "layers.0.bias", "NaN");

    [Fact]
    public void A_vocabulary_that_changes_while_it_is_read_is_refused()
    {
        var file = Changed(_ => { });
        var faults = new List<string>();
        foreach (var name in (string[])["vocabulary.words", "vocabulary.offsets"])
        {
            var place = file.Length - new PlainSafetensors(file).Data.Length + new PlainSafetensors(file).Offsets(name).End - 1;
            if (name == "vocabulary.offsets") place -= 7; // the lowest byte of the last but one
            for (var time = 1; time <= 5; time++)
            {
                try
                {
                    ModelFileTests.AssertEqual(Model, LanguageModel.Load(new ChangingStream(file, place, time)));
                }
                catch (ModelFormatException fault)
                {
                    faults.Add(fault.Message);
                }
            }
        }
        Assert.InRange(faults.Count(fault => fault == "The file was altered while it was being read."), 3, 6);
    }

    [Fact]
    public void A_stream_without_end_is_refused_when_its_header_is_none()
        => Assert.Throws<ModelFormatException>(() => LanguageModel.Load(new OneWayStream(new EndlessStream())));

    /// <summary>A stream of spaces without end.</summary>
    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            return count;
        }
    }

    /// <summary>A file of which one byte is another one of the times that it is read.</summary>
    private sealed class ChangingStream(byte[] file, int place, int changed) : MemoryStream(file)
    {
        private int times;

        // Of a class derived from it, MemoryStream hands spans on to the method that takes arrays.
        public override int Read(byte[] buffer, int offset, int count)
        {
            var begin = (int)Position;
            var read = base.Read(buffer, offset, count);
            if (begin <= place && place < begin + read && ++times == changed) buffer[offset + place - begin] ^= 1;
            return read;
        }
    }
}

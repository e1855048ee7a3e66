using System.Text;
using RnnLm.Persistence;

namespace RnnLm.Tests.Persistence;

public class ModelFileTests
{
    public static TheoryData<CellKind, int, bool> Networks
    {
        get
        {
            var data = new TheoryData<CellKind, int, bool>();
            foreach (var cell in RandomModels.Cells)
            {
                data.Add(cell, 1, false);
                data.Add(cell, 2, true);
                data.Add(cell, 3, false);
            }
            return data;
        }
    }

    internal static byte[] FileOf(LanguageModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    internal static LanguageModel ModelOf(byte[] file) => LanguageModel.Load(new MemoryStream(file));

    internal static void AssertEqual(LanguageModel expected, LanguageModel actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        foreach (var (parameter, other) in expected.Network.Weights.Parameters.Zip(actual.Network.Weights.Parameters))
            Assert.True(parameter.Values.AsSpan().SequenceEqual(other.Values), parameter.Name);
        Assert.Equal(expected.Vocabulary, actual.Vocabulary);
        Assert.Equal(expected.Tokenizer.Settings, actual.Tokenizer.Settings);
        Assert.Equal(expected.Training.Options, actual.Training.Options);
        Assert.Equal(expected.Training.Figures, actual.Training.Figures);
    }

    internal static LanguageModel ModelWithEverything(int vocabulary = 23) => RandomModels.Model(vocabulary: vocabulary, training: new TrainingRecord
    {
        Options = new Dictionary<string, string> { ["optimizer"] = "adam", ["remark"] = "\"quoted\" – größer\n" },
        Figures = new Dictionary<string, double> { ["validation_perplexity"] = 104.20000000000002, ["best_epoch"] = 6, ["nothing"] = double.NaN },
    });

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_saved_model_is_loaded_as_it_was(CellKind cell, int layers, bool tied)
    {
        var model = RandomModels.Model(cell, layers: layers, tied: tied);
        var loaded = ModelOf(FileOf(model));
        AssertEqual(model, loaded);
        Assert.Equal(model.NextWords("w3 w4"), loaded.NextWords("w3 w4"));
    }

    [Fact]
    public void The_training_record_travels_along()
    {
        var model = ModelWithEverything();
        AssertEqual(model, ModelOf(FileOf(model)));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_the_training_record_does_not_cost_the_model()
    {
        var record = new TrainingRecord { Options = new Dictionary<string, string> { ["corpus"] = "text-\ud83e.txt" } };
        Assert.Equal("text-\ufffd.txt", ModelOf(FileOf(RandomModels.Model(training: record))).Training.Options["corpus"]);
    }

    [Fact]
    public void The_tokenizer_travels_along()
    {
        foreach (var tokenizer in new Tokenizer[] { Tokenizer.Whitespace, Tokenizer.Characters, Tokenizer.Text(lowerCase: true, NumberClass.Digits) })
        {
            var model = new LanguageModel(tokenizer, RandomModels.Words(23), RandomModels.Weights(CellKind.Elman));
            AssertEqual(model, ModelOf(FileOf(model)));
        }
    }

    [Fact]
    public void Words_of_any_script_travel_along()
    {
        string[] words = ["<unk>", "<eos>", " ", "\n", "\0", "\"", "é", "語", "🦊", "e\u0301", "\uFEFF", "\u2028", "a", "b"];
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(words), RandomModels.Weights(CellKind.Elman, words.Length));
        Assert.Equal(words, ModelOf(FileOf(model)).Vocabulary);
    }

    [Fact]
    public void The_same_model_is_the_same_file()
        => Assert.Equal(FileOf(ModelWithEverything()), FileOf(ModelOf(FileOf(ModelWithEverything()))));

    [Fact]
    public void A_plain_reader_of_safetensors_finds_every_tensor()
    {
        var model = RandomModels.Model(CellKind.Gru, layers: 2);
        var weights = model.Network.CopyWeights();
        var file = new PlainSafetensors(FileOf(model));
        Assert.Equal([.. weights.Parameters.Select(parameter => parameter.Name), "vocabulary.offsets", "vocabulary.words"], file.Names);
        foreach (var parameter in weights.Parameters)
        {
            Assert.Equal("F32", file.Type(parameter.Name));
            Assert.Equal(parameter.Columns == 1 ? [parameter.Rows] : [parameter.Rows, parameter.Columns], file.Shape(parameter.Name));
            Assert.Equal(parameter.Values, file.Floats(parameter.Name));
        }
        Assert.Equal(model.Vocabulary, file.Words());
        Assert.Equal("rnnlm", (string)file.Metadata["format"]!);
        Assert.Equal("gru", (string)file.Metadata["shape.cell"]!);
        Assert.Equal("whitespace", (string)file.Metadata["tokenizer.name"]!);
    }

    [Fact]
    public void Tensors_fill_the_file_without_gaps_and_lie_aligned()
    {
        var file = new PlainSafetensors(FileOf(ModelWithEverything()));
        Assert.Equal(0, file.HeaderLength % 8);
        var next = 0;
        foreach (var name in file.Names)
        {
            var (begin, end) = file.Offsets(name);
            Assert.Equal(next, begin);
            if (file.Type(name) != "U8") Assert.Equal(0, begin % 4);
            next = end;
        }
        Assert.Equal(file.Data.Length, next);
    }

    [Fact]
    public void In_whatever_order_tensors_lie_the_model_is_the_same_with_and_without_a_checksum()
    {
        var adaptive = AdaptiveModels.Model(AdaptiveModels.Weights());
        foreach (var model in (LanguageModel[])[ModelWithEverything(), RandomModels.Model(tied: true).Quantize(), adaptive, adaptive.Quantize()])
        {
            var expected = FileOf(model);
            var random = new Random(1);
            for (var time = 0; time < 10; time++)
            {
                var file = new PlainSafetensors(expected);
                string[] names = [.. file.Names];
                random.Shuffle(names);
                string[] vocabulary = ["vocabulary.words", "vocabulary.offsets"];
                file.Order(time < 5 ? names : time < 7 ? [.. vocabulary, .. names.Except(vocabulary)] : [.. names.Except(vocabulary), .. vocabulary]);
                if (time % 2 == 0) file.Metadata.Remove("crc32c");
                else SetChecksum(file);
                Assert.Equal(expected, FileOf(ModelOf(file.ToFile())));
                Assert.Equal(expected, FileOf(LanguageModel.Load(new OneWayStream(new MemoryStream(file.ToFile())))));
            }
        }

        static void SetChecksum(PlainSafetensors file)
        {
            file.Metadata["crc32c"] = "00000000";
            var checksum = Crc32C.Start();
            checksum.Append(file.ToFile());
            file.Metadata["crc32c"] = checksum.ToString();
        }
    }

    [Fact]
    public void A_file_that_another_program_wrote_without_a_checksum_and_in_another_order_is_read()
    {
        var model = ModelWithEverything();
        AssertEqual(model, ModelOf(ChangedModelFiles.Changed(FileOf(model), file => file.ReverseData())));
    }

    [Fact]
    public void The_checksum_is_that_of_the_whole_file_with_its_own_digits_as_zeros()
    {
        var file = FileOf(ModelWithEverything());
        var checksum = (string)new PlainSafetensors(file).Metadata["crc32c"]!;
        var place = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(checksum));
        file.AsSpan(place, 8).Fill((byte)'0');
        Assert.Equal(checksum, PlainChecksum(file).ToString("x8"));
    }

    [Fact]
    public void The_checksum_is_CRC_32C()
    {
        var checksum = Crc32C.Start();
        checksum.Append("1234"u8);
        checksum.Append("56789"u8);
        Assert.Equal(0xE3069283, checksum.Value); // the check value of the catalogue of CRCs
        Assert.Equal(0xE3069283, PlainChecksum("123456789"u8));
    }

    /// <summary>CRC-32C bit by bit.</summary>
    private static uint PlainChecksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        return ~crc;
    }

    [Fact]
    public void A_model_goes_through_streams_that_cannot_seek()
    {
        var model = ModelWithEverything();
        using var written = new MemoryStream();
        model.Save(new OneWayStream(written));
        Assert.Equal(FileOf(model), written.ToArray());
        AssertEqual(model, LanguageModel.Load(new OneWayStream(new MemoryStream(written.ToArray()))));
    }

    [Fact]
    public void A_model_is_read_from_where_a_stream_stands()
    {
        var model = ModelWithEverything();
        using var stream = new MemoryStream();
        stream.Write("before"u8);
        model.Save(stream);
        stream.Position = 6;
        AssertEqual(model, LanguageModel.Load(stream));
    }

    [Fact]
    public void A_loaded_model_shares_nothing_with_the_stream()
    {
        var file = FileOf(ModelWithEverything());
        var loaded = ModelOf(file);
        Array.Clear(file);
        AssertEqual(ModelWithEverything(), loaded);
    }
}

using System.Buffers.Binary;
using System.IO.Compression;
using RnnLm.Tests.Persistence;

namespace RnnLm.Tests.PyTorch;

public sealed class MismatchTests : IDisposable
{
    // vocabulary 9, embedding 5, hidden 7, two layers
    private static readonly LanguageModel Model = RandomModels.Model(CellKind.Lstm, vocabulary: 9);

    private readonly PyTorchFolder folder = new(Model);

    public void Dispose() => folder.Dispose();

    /// <summary>Imports what must be refused for exactly so many reasons, these among them.</summary>
    private void AssertRefused(int count, PyTorchImportOptions? options, params string[] reasons)
    {
        var fault = Assert.Throws<ModelFormatException>(() => folder.Import(options));
        Assert.Contains(folder.Weights, fault.Message);
        foreach (var reason in reasons) Assert.Contains(reason, fault.Message);
        Assert.Equal(count, fault.Message.Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_mismatch_is_named_at_once()
    {
        folder.ChangeWeights(weights =>
        {
            weights.Remove("rnn.bias_hh_l1");
            weights.Add("rnn.weight_ih_l0", 28, 6);
            weights.Add("decoder.bias", 8);
            weights.Add("rnn.weight_ih_l0_reverse", 28, 5);
            weights.Add("encoder.weight", 9, 5, 1);
            weights.SetType("rnn.bias_ih_l0", "I32", BitConverter.GetBytes);
        });
        folder.ChangeWords(words =>
        {
            words[1] = "w2";
            words[3] = "";
            words.Add("more");
        });
        AssertRefused(
            10,
            new PyTorchImportOptions { Cell = CellKind.Gru },
            "\"rnn.bias_hh_l1\" is missing",
            "\"decoder.bias\" has the shape [8]; to go with the others it must be [9]",
            "\"rnn.weight_ih_l0_reverse\" has no place in such a network of 2 layers",
            "\"encoder.weight\" has the shape [9, 5, 1]; to go with the others it must be [9, 6]",
            "\"rnn.bias_ih_l0\" is of the type I32",
            "Gru",
            "\"w2\" occurs twice in the vocabulary, on lines 2 and 3",
            "Line 4 of the vocabulary is empty",
            "lacks the end-of-line word \"<eos>\"",
            "4 gates",
            "The vocabulary has 10 words and the weights are for 9");
    }

    [Fact]
    public void A_vocabulary_of_another_size_is_named()
    {
        folder.ChangeWords(words => words.Add("more"));
        AssertRefused(1, null, "10 words", "for 9");
    }

    [Fact]
    public void What_can_be_compared_without_a_tensor_is_compared()
    {
        folder.ChangeWeights(weights =>
        {
            weights.Remove("rnn.weight_hh_l0");
            weights.Remove("rnn.weight_hh_l1");
            weights.Add("rnn.bias_ih_l1", 27);
        });
        AssertRefused(3, null, "weight_hh_l0\" is missing", "weight_hh_l1\" is missing", "\"rnn.bias_ih_l1\" has the shape [27]; to go with the others it must be [28]");
    }

    [Fact]
    public void A_layer_that_is_left_out_is_missed()
    {
        folder.ChangeWeights(weights =>
        {
            foreach (var name in weights.Names.Where(name => name.EndsWith("_l1", StringComparison.Ordinal)).ToList())
            {
                var shape = weights.Shape(name);
                weights.Remove(name);
                weights.Add(name.Replace("_l1", "_l2"), shape);
            }
        });
        AssertRefused(8, null, "\"rnn.weight_ih_l1\" is missing", "\"rnn.weight_ih_l2\" has no place");
    }

    [Fact]
    public void Weights_of_something_else_lack_every_tensor()
    {
        File.WriteAllBytes(folder.Weights, PlainSafetensors.FileOf("{\"linear.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", new byte[4]));
        AssertRefused(8, null, "encoder.weight", "rnn.weight_ih_l0", "rnn.weight_hh_l0", "rnn.bias_ih_l0", "rnn.bias_hh_l0", "decoder.weight", "decoder.bias", "linear.weight");
    }

    [Theory]
    [InlineData("encoder.weight")]
    [InlineData("decoder.weight")]
    public void A_matrix_may_not_be_missing_where_sizes_rule_out_that_it_is_tied(string name)
    {
        folder.ChangeWeights(weights => weights.Remove(name));
        AssertRefused(1, null, $"\"{name}\" is missing", "size 5", "state 7");
    }

    [Fact]
    public void Gates_that_no_cell_has_are_named()
    {
        folder.ChangeWeights(weights => weights.Add("rnn.weight_hh_l0", 14, 7));
        AssertRefused(1, null, "\"rnn.weight_hh_l0\" has the shape [14, 7]", "3 for GRU");
    }

    [Fact]
    public void Sizes_of_zero_are_refused()
    {
        folder.ChangeWeights(weights =>
        {
            weights.Add("encoder.weight", 9, 0);
            weights.Add("rnn.weight_ih_l0", 28, 0);
        });
        AssertRefused(1, null, "embedding size is 0");
    }

    [Fact]
    public void A_plain_recurrent_network_must_be_said_to_be_tanh_or_ReLU()
    {
        using var elman = new PyTorchFolder(RandomModels.Model(CellKind.Elman));
        var fault = Assert.Throws<ModelFormatException>(() => elman.Import());
        Assert.Contains("Elman (RNN_TANH) or Relu (RNN_RELU)", fault.Message);
        Assert.Contains("1 gate ", Assert.Throws<ModelFormatException>(() => elman.Import(new PyTorchImportOptions { Cell = CellKind.Lstm })).Message);
    }

    [Fact]
    public void Every_tensor_that_is_not_finite_is_named()
    {
        folder.ChangeWeights(weights =>
        {
            weights["rnn.bias_hh_l1"] = [.. weights["rnn.bias_hh_l1"][..3], float.NaN, .. weights["rnn.bias_hh_l1"][4..]];
            weights.SetType("decoder.bias", "F64", _ => BitConverter.GetBytes(1e300));
        });
        AssertRefused(2, null, "\"rnn.bias_hh_l1\" holds NaN at index 3", "\"decoder.bias\" holds", "at index 0");
    }

    [Fact]
    public void Biases_whose_sum_is_not_finite_are_refused()
    {
        folder.ChangeWeights(weights =>
        {
            weights["rnn.bias_ih_l0"] = [.. Enumerable.Repeat(3e38f, 28)];
            weights["rnn.bias_hh_l0"] = [.. Enumerable.Repeat(3e38f, 28)];
        });
        AssertRefused(0, null, "layers.0.bias");
    }

    [Fact]
    public void Of_very_many_mismatches_the_rest_is_counted()
    {
        folder.ChangeWeights(weights =>
        {
            for (var i = 0; i < 100; i++) weights.Add($"other.{i}", 1);
        });
        AssertRefused(31, null, "and 70 more");
    }

    [Fact]
    public void Weights_cut_short_anywhere_are_refused()
    {
        var file = File.ReadAllBytes(folder.Weights);
        foreach (var length in Enumerable.Range(0, 200).Append(file.Length / 2).Append(file.Length - 1))
        {
            File.WriteAllBytes(folder.Weights, file[..length]);
            AssertRefused(0, null, "cut short");
        }
        File.WriteAllBytes(folder.Weights, [.. file, 0]);
        AssertRefused(0, null, "goes on");
    }

    [Fact]
    public void A_file_of_another_kind_is_called_so_with_what_would_be_right()
    {
        File.WriteAllText(folder.Weights, "Call me Ishmael. Some years ago, never mind how long precisely");
        AssertRefused(0, null, "no safetensors file", "save_model");
        File.Delete(folder.Weights);
        using (var archive = ZipFile.Open(folder.Weights, ZipArchiveMode.Create)) archive.CreateEntry("archive/data.pkl").Open().Dispose();
        AssertRefused(0, null, "torch.save", "save_model");
        File.WriteAllBytes(folder.Weights, PlainSafetensors.FileOf("[]", []));
        AssertRefused(0, null, "not a JSON object");
    }

    [Fact]
    public void Vast_tensors_that_are_not_there_take_no_room()
    {
        const long Vast = 1L << 40;
        File.WriteAllBytes(folder.Weights, PlainSafetensors.FileOf($"{{\"encoder.weight\":{{\"dtype\":\"F32\",\"shape\":[{Vast},1],\"data_offsets\":[0,{4 * Vast}]}}}}", []));
        var header = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(header, 1 << 24);
        foreach (var file in new[] { File.ReadAllBytes(folder.Weights), header })
        {
            File.WriteAllBytes(folder.Weights, file);
            var before = GC.GetAllocatedBytesForCurrentThread();
            AssertRefused(0, null, "cut short");
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    [Fact]
    public void A_file_that_is_missing_is_named()
    {
        File.Delete(folder.Vocabulary);
        Assert.Contains(folder.Vocabulary, Assert.Throws<FileNotFoundException>(() => folder.Import()).Message);
        File.Delete(folder.Weights);
        Assert.Contains(folder.Weights, Assert.Throws<FileNotFoundException>(() => folder.Import()).Message);
    }

    [Fact]
    public void A_vocabulary_that_is_not_UTF_8_is_refused_with_its_line()
    {
        File.WriteAllBytes(folder.Vocabulary, [.. "<unk>\ncaf"u8, 0xE9, (byte)'\n']);
        Assert.Contains("line 2", Assert.Throws<InvalidDataException>(() => folder.Import()).Message);
    }
}

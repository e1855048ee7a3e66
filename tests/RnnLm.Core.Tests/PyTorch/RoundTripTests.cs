namespace RnnLm.Tests.PyTorch;

public sealed class RoundTripTests
{
    /// <summary>Every cell, with one and two layers, tied and untied.</summary>
    internal static IEnumerable<(CellKind Cell, int Layers, bool Tied)> AllNetworks
        => from cell in RandomModels.Cells where cell != CellKind.Cifg from layers in (int[])[1, 2] from tied in (bool[])[false, true] select (cell, layers, tied);

    public static TheoryData<CellKind, int, bool> Networks
    {
        get
        {
            var data = new TheoryData<CellKind, int, bool>();
            foreach (var (cell, layers, tied) in AllNetworks) data.Add(cell, layers, tied);
            return data;
        }
    }

    /// <summary>What has to be said of a model so that it can be imported.</summary>
    internal static PyTorchImportOptions OptionsFor(CellKind cell) => new() { Cell = cell is CellKind.Elman or CellKind.Relu ? cell : null };

    /// <summary>A model that PyTorch can have: where it is tied, embedding and hidden sizes are equal.</summary>
    internal static LanguageModel ModelOf(CellKind cell, int layers, bool tied) => RandomModels.Model(cell, layers: layers, embedding: tied ? 7 : 5, tied: tied);

    internal static void AssertSameModel(LanguageModel expected, LanguageModel actual)
    {
        Assert.Equal(expected.Vocabulary, actual.Vocabulary);
        AssertSameWeights(expected, actual);
    }

    private static void AssertSameWeights(LanguageModel expected, LanguageModel actual)
    {
        var ours = expected.Network.Weights.Parameters.ToDictionary(parameter => parameter.Name);
        Assert.Equal(ours.Keys, actual.Network.Weights.Parameters.Select(parameter => parameter.Name));
        foreach (var parameter in actual.Network.Weights.Parameters)
        {
            Assert.Equal((ours[parameter.Name].Rows, ours[parameter.Name].Columns), (parameter.Rows, parameter.Columns));
            Assert.Equal(ours[parameter.Name].Values, parameter.Values);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_model_exported_and_imported_is_the_same(CellKind cell, int layers, bool tied)
    {
        var model = ModelOf(cell, layers, tied);
        using var folder = new PyTorchFolder(model);
        var imported = folder.Import(OptionsFor(cell));
        Assert.Equal(model.Shape, imported.Shape);
        AssertSameModel(model, imported);
        Assert.Equal("whitespace", imported.Tokenizer.Name);
    }

    [Fact]
    public void A_quantised_model_is_exported_as_the_weights_its_integers_stand_for()
    {
        var model = ModelOf(CellKind.Gru, layers: 2, tied: true).Quantize();
        using var folder = new PyTorchFolder(model);
        var imported = folder.Import();
        Assert.False(imported.IsQuantized);
        AssertSameModel(model, imported);
    }

    [Fact]
    public void A_tied_network_of_one_layer_of_the_embeddings_size_is_exported_with_that_size()
    {
        var model = RandomModels.Model(CellKind.Lstm, embedding: 5, hidden: 7, layers: 1, tied: true);
        using var folder = new PyTorchFolder(model);
        var imported = folder.Import();
        Assert.Equal(model.Shape with { HiddenSize = 5 }, imported.Shape);
        AssertSameModel(model, imported);
    }

    [Fact]
    public void A_network_with_layers_of_two_sizes_cannot_be_exported()
    {
        using var folder = new PyTorchFolder();
        var model = RandomModels.Model(CellKind.Lstm, embedding: 5, hidden: 7, layers: 2, tied: true);
        var fault = Assert.Throws<NotSupportedException>(() => model.ExportPyTorch(folder.Weights, folder.Vocabulary));
        Assert.Contains("size 5", fault.Message);
        Assert.Contains("have 7", fault.Message);
        Assert.Contains("nn.LSTM", fault.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void A_cell_that_PyTorch_has_not_is_neither_exported_nor_imported()
    {
        using var folder = new PyTorchFolder();
        var fault = Assert.Throws<NotSupportedException>(() => RandomModels.Model(CellKind.Cifg).ExportPyTorch(folder.Weights, folder.Vocabulary));
        Assert.Contains("cells are cifg, and PyTorch has elman, relu, lstm, gru", fault.Message);
        Assert.Empty(folder.Files);

        // A GRU has as many gates.
        using var gru = new PyTorchFolder(RandomModels.Model(CellKind.Gru));
        Assert.Equal(
            "Cell is Cifg; it must be a cell that PyTorch has: elman, relu, lstm, gru.",
            Assert.Throws<ArgumentException>(() => gru.Import(new PyTorchImportOptions { Cell = CellKind.Cifg })).Message);
        Assert.Equal(CellKind.Gru, gru.Import().Shape.Cell);
    }

    [Fact]
    public void A_network_with_an_adaptive_softmax_cannot_be_exported()
    {
        using var folder = new PyTorchFolder();
        var model = AdaptiveModels.Model(AdaptiveModels.Weights());
        var fault = Assert.Throws<NotSupportedException>(() => model.ExportPyTorch(folder.Weights, folder.Vocabulary));
        Assert.Contains("adaptive softmax", fault.Message);
        Assert.Contains("word_language_model", fault.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void The_tensors_have_the_names_and_shapes_of_PyTorch()
    {
        using var folder = new PyTorchFolder(RandomModels.Model(CellKind.Gru, vocabulary: 11, embedding: 5, hidden: 7, layers: 2));
        var file = folder.ReadWeights();
        Assert.Equal(
            [
                "encoder.weight [11,5]",
                "rnn.weight_ih_l0 [21,5]", "rnn.weight_hh_l0 [21,7]", "rnn.bias_ih_l0 [21]", "rnn.bias_hh_l0 [21]",
                "rnn.weight_ih_l1 [21,7]", "rnn.weight_hh_l1 [21,7]", "rnn.bias_ih_l1 [21]", "rnn.bias_hh_l1 [21]",
                "decoder.weight [11,7]", "decoder.bias [11]",
            ],
            file.Names.Select(name => $"{name} [{string.Join(',', file.Shape(name))}]"));
        Assert.All(file.Names, name => Assert.Equal("F32", file.Type(name)));
        Assert.Equal(0, (8 + file.HeaderLength) % 8);
    }

    [Fact]
    public void The_second_bias_is_zero_but_for_the_n_gate_of_a_GRU()
    {
        var gru = RandomModels.Model(CellKind.Gru, hidden: 7, layers: 1);
        using var ofGru = new PyTorchFolder(gru);
        Assert.Equal([.. new float[14], .. gru.Network.Weights.Layers[0].RecurrentBias!.Values], ofGru.ReadWeights().Floats("rnn.bias_hh_l0"));
        using var ofLstm = new PyTorchFolder(RandomModels.Model(CellKind.Lstm, hidden: 7, layers: 1));
        Assert.Equal(new float[28], ofLstm.ReadWeights().Floats("rnn.bias_hh_l0"));
    }

    [Fact]
    public void A_tied_matrix_is_written_under_both_names_as_a_state_dict_has_it()
    {
        using var folder = new PyTorchFolder(ModelOf(CellKind.Lstm, 1, tied: true));
        var file = folder.ReadWeights();
        Assert.Equal(file.Floats("encoder.weight"), file.Floats("decoder.weight"));
    }

    [Fact]
    public void The_vocabulary_is_a_word_a_line_and_nothing_is_trimmed()
    {
        string[] words = ["<unk>", "<eos>", " ", "\t", "\u2028", "\u0085", "\uFEFF", "\"a\"", "naïve", "語", "😀"];
        var model = new LanguageModel(Tokenizer.Characters, new Vocabulary(words), RandomModels.Weights(CellKind.Lstm, words.Length));
        using var folder = new PyTorchFolder(model);
        Assert.Equal(string.Join('\n', words) + "\n", File.ReadAllText(folder.Vocabulary));
        Assert.Equal((byte)'<', File.ReadAllBytes(folder.Vocabulary)[0]);
        var imported = folder.Import(new PyTorchImportOptions { Tokenizer = Tokenizer.Characters });
        AssertSameModel(model, imported);
        Assert.Equal("characters", imported.Tokenizer.Name);
    }

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("return\r")]
    public void A_word_with_a_line_break_in_it_cannot_be_exported(string word)
    {
        using var folder = new PyTorchFolder();
        var model = new LanguageModel(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", word]), RandomModels.Weights(CellKind.Lstm, 3));
        var fault = Assert.Throws<NotSupportedException>(() => model.ExportPyTorch(folder.Weights, folder.Vocabulary));
        Assert.Contains("id 2", fault.Message);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public void Where_either_file_cannot_be_written_neither_is()
    {
        using var folder = new PyTorchFolder();
        var model = RandomModels.Model();
        File.WriteAllText(folder.Vocabulary, "before");
        File.WriteAllText(folder.Weights, "before");
        var absent = folder.PathOf("absent/file");
        Assert.Contains(absent, Assert.ThrowsAny<IOException>(() => model.ExportPyTorch(absent, folder.Vocabulary)).Message);
        Assert.Contains(absent, Assert.ThrowsAny<IOException>(() => model.ExportPyTorch(folder.Weights, absent)).Message);
        Assert.Equal("before", File.ReadAllText(folder.Vocabulary));
        Assert.Equal("before", File.ReadAllText(folder.Weights));
        Assert.Equal(["vocabulary.txt", "weights.safetensors"], folder.Files);
    }

    [Fact]
    public void Weights_and_vocabulary_go_to_two_files()
    {
        using var folder = new PyTorchFolder();
        var fault = Assert.Throws<ArgumentException>(() => RandomModels.Model().ExportPyTorch(folder.Weights, folder.PathOf("./weights.safetensors")));
        Assert.Contains("two files", fault.Message);
        Assert.Empty(folder.Files);
    }
}

using RnnLm.Tests.Persistence;

namespace RnnLm.Tests.PyTorch;

/// <summary>An <c>nn.LSTM</c> with a <c>proj_size</c>.</summary>
public sealed class ProjectionTests
{
    private static LanguageModel ModelOf(int layers, bool tied)
        => RandomModels.Model(CellKind.Lstm, vocabulary: 11, embedding: tied ? 4 : 5, hidden: 7, layers: layers, tied: tied, projection: 4);

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void A_model_exported_and_imported_is_the_same(int layers, bool tied)
    {
        var model = ModelOf(layers, tied);
        using var folder = new PyTorchFolder(model);
        var imported = folder.Import();
        Assert.Equal(model.Shape, imported.Shape);
        RoundTripTests.AssertSameModel(model, imported);
        RoundTripTests.AssertSameModel(model, folder.Import(new PyTorchImportOptions { Cell = CellKind.Lstm }));
    }

    [Fact]
    public void The_tensors_have_the_names_shapes_and_order_of_PyTorch()
    {
        using var folder = new PyTorchFolder(ModelOf(layers: 2, tied: false));
        var file = folder.ReadWeights();
        Assert.Equal(
            [
                "encoder.weight [11,5]",
                "rnn.weight_ih_l0 [28,5]", "rnn.weight_hh_l0 [28,4]", "rnn.bias_ih_l0 [28]", "rnn.bias_hh_l0 [28]", "rnn.weight_hr_l0 [4,7]",
                "rnn.weight_ih_l1 [28,4]", "rnn.weight_hh_l1 [28,4]", "rnn.bias_ih_l1 [28]", "rnn.bias_hh_l1 [28]", "rnn.weight_hr_l1 [4,7]",
                "decoder.weight [11,4]", "decoder.bias [11]",
            ],
            file.Names.Select(name => $"{name} [{string.Join(',', file.Shape(name))}]"));
    }

    [Fact]
    public void What_is_imported_computes_what_the_documentation_of_nn_LSTM_says()
    {
        using var folder = new PyTorchFolder(ModelOf(layers: 2, tied: false));
        folder.ChangeWeights(weights =>
        {
            foreach (var name in (string[])["rnn.bias_hh_l0", "rnn.bias_hh_l1"]) weights[name] = [.. Enumerable.Range(0, 28).Select(i => 0.2f * MathF.Sin(i))];
        });
        var network = folder.Import().Network;
        var file = folder.ReadWeights();
        var state = network.CreateState();
        var (h, c) = (new double[2][] { new double[4], new double[4] }, new double[2][] { new double[7], new double[7] });
        foreach (var word in RandomModels.Ids(12, 11))
        {
            network.Step(word, state);
            var x = Row(file, "encoder.weight", word, 5);
            for (var layer = 0; layer < 2; layer++) x = Step(file, layer, x, ref h[layer], c[layer]);
            Assert.Equal(x.Length, state.Output.Length);
            for (var i = 0; i < x.Length; i++) Assert.Equal(x[i], state.Output[i], 1e-5);
        }
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.module.")]
    public void Names_may_begin_with_that_of_another_module(string prefix)
    {
        var model = ModelOf(layers: 2, tied: true);
        using var folder = new PyTorchFolder(model);
        folder.ChangeWeights(weights => weights.Rename(name => prefix + name));
        RoundTripTests.AssertSameModel(model, folder.Import());
    }

    [Fact]
    public void Of_a_tied_matrix_one_may_be_missing()
    {
        var model = ModelOf(layers: 1, tied: true);
        foreach (var name in (string[])["encoder.weight", "decoder.weight"])
        {
            using var folder = new PyTorchFolder(model);
            folder.ChangeWeights(weights => weights.Remove(name));
            RoundTripTests.AssertSameModel(model, folder.Import());
        }
    }

    [Fact]
    public void Every_mismatch_is_named_at_once()
    {
        using var folder = new PyTorchFolder(ModelOf(layers: 2, tied: false));
        folder.ChangeWeights(weights =>
        {
            weights.Remove("rnn.weight_hr_l1");
            weights.Add("rnn.weight_hh_l1", 28, 7);
            weights.Add("decoder.weight", 11, 7);
        });
        var message = Assert.Throws<ModelFormatException>(() => folder.Import()).Message;
        Assert.Contains("\"rnn.weight_hr_l1\" is missing", message);
        Assert.Contains("\"rnn.weight_hh_l1\" has the shape [28, 7]; to go with the others it must be [28, 4]", message);
        Assert.Contains("\"decoder.weight\" has the shape [11, 7]; to go with the others it must be [11, 4]", message);
    }

    [Fact]
    public void A_projection_of_another_size_or_no_projection_at_all_is_refused()
    {
        using var folder = new PyTorchFolder(ModelOf(layers: 1, tied: false));
        var whole = File.ReadAllBytes(folder.Weights);
        void AssertRefused(Action<PlainStateDict> change, params string[] reasons)
        {
            File.WriteAllBytes(folder.Weights, whole);
            folder.ChangeWeights(change);
            var message = Assert.Throws<ModelFormatException>(() => folder.Import()).Message;
            foreach (var reason in reasons) Assert.Contains(reason, message);
        }
        AssertRefused(weights => weights.Add("rnn.weight_hr_l0", 3, 7), "\"rnn.weight_hr_l0\" has the shape [3, 7]", "[4, 7]");
        AssertRefused(weights => weights.Add("rnn.weight_hr_l0", 4, 7, 1), "\"rnn.weight_hr_l0\" has the shape [4, 7, 1]");
        AssertRefused(weights => weights.Add("rnn.weight_hr_l0", 4, 0), "hidden size 0 projected to 4 is not possible", "The hidden size is 0");
        AssertRefused(weights => weights.Remove("rnn.weight_hr_l0"), "\"rnn.weight_hh_l0\" has the shape [28, 4]");
    }

    [Fact]
    public void A_projection_of_cells_that_PyTorch_does_not_project_is_refused()
    {
        using var folder = new PyTorchFolder(RandomModels.Model(CellKind.Gru, vocabulary: 11, hidden: 7, layers: 1));
        folder.ChangeWeights(weights =>
        {
            weights.Add("rnn.weight_hh_l0", 21, 4);
            weights.Add("rnn.weight_hr_l0", 4, 7);
            weights.Add("decoder.weight", 11, 4);
        });
        Assert.Contains("gru cells cannot be projected", Assert.Throws<ModelFormatException>(() => folder.Import()).Message);
    }

    [Fact]
    public void Layers_that_project_to_two_sizes_or_to_more_than_their_units_cannot_be_exported()
    {
        using var folder = new PyTorchFolder();
        var model = RandomModels.Model(CellKind.Lstm, embedding: 5, hidden: 7, layers: 2, tied: true, projection: 4);
        var message = Assert.Throws<NotSupportedException>(() => model.ExportPyTorch(folder.Weights, folder.Vocabulary)).Message;
        Assert.Contains("the size 5 of the embedding", message);
        Assert.Contains("have 4", message);
        Assert.Contains("one projected hidden size", message);
        model = RandomModels.Model(CellKind.Lstm, embedding: 9, hidden: 7, layers: 2, tied: true, projection: 4);
        message = Assert.Throws<NotSupportedException>(() => model.ExportPyTorch(folder.Weights, folder.Vocabulary)).Message;
        Assert.Contains("projects 7 units to the size 9", message);
        Assert.Empty(folder.Files);
    }

    private static double[] Step(PlainSafetensors file, int layer, double[] x, ref double[] h, double[] c)
    {
        var (previous, gates) = (h, new double[28]);
        var (first, second) = (file.Floats($"rnn.bias_ih_l{layer}"), file.Floats($"rnn.bias_hh_l{layer}"));
        for (var row = 0; row < gates.Length; row++)
        {
            gates[row] = first[row] + second[row] + Dot(Row(file, $"rnn.weight_ih_l{layer}", row, x.Length), x)
                + Dot(Row(file, $"rnn.weight_hh_l{layer}", row, 4), previous);
        }
        var hidden = new double[7];
        for (var unit = 0; unit < 7; unit++)
        {
            c[unit] = Sigmoid(gates[7 + unit]) * c[unit] + Sigmoid(gates[unit]) * Math.Tanh(gates[14 + unit]);
            hidden[unit] = Sigmoid(gates[21 + unit]) * Math.Tanh(c[unit]);
        }
        h = [.. Enumerable.Range(0, 4).Select(row => Dot(Row(file, $"rnn.weight_hr_l{layer}", row, 7), hidden))];
        return h;
    }

    private static double[] Row(PlainSafetensors file, string name, int row, int columns)
        => [.. file.Floats(name).Skip(row * columns).Take(columns).Select(value => (double)value)];

    private static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

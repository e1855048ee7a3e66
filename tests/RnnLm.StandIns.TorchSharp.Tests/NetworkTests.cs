using TorchSharp.Modules;

namespace RnnLm.StandIns.TorchSharp.Tests;

/// <summary>The functions of a network against the formulas, worked by hand for one unit.</summary>
public class NetworkTests
{
    [TorchFact]
    public void An_embedding_is_a_row_of_its_table()
    {
        using var scope = NewDisposeScope();
        using var table = nn.Embedding(3, 2);
        Values.Set(table.get_parameter("weight")!, 1, 2, 3, 4, 5, 6);
        var rows = table.call(tensor([2, 0], [2, 1]));
        Assert.Equal([2, 1, 2], rows.shape);
        Assert.Equal([5, 6, 1, 2], Values.Of(rows));
    }

    [TorchFact]
    public void Elman_and_ReLU_cells_follow_their_formulas()
    {
        using var scope = NewDisposeScope();
        using var tanh = nn.RNN(1, 1);
        using var relu = nn.RNN(1, 1, nonLinearity: nn.NonLinearities.ReLU);
        foreach (var cell in (RNN[])[tanh, relu]) Fill(cell, [0.5f], [0.3f], [0.1f], [-0.2f]);
        float input = 2, state = 0.7f;
        var sum = 0.5 * input + 0.3 * state + 0.1 - 0.2;
        Assert.Equal(Math.Tanh(sum), tanh.call(One(input), One(state)).Item1.item<float>(), 1e-6);
        Assert.Equal(sum, relu.call(One(input), One(state)).Item2.item<float>(), 1e-6);
        Assert.Equal(0, relu.call(One(-9), null).Item1.item<float>());
    }

    [TorchFact]
    public void An_LSTM_has_its_gates_in_the_order_i_f_g_o()
    {
        using var scope = NewDisposeScope();
        using var cell = nn.LSTM(1, 1);
        Fill(cell, [0.1f, 0.2f, 0.3f, 0.4f], [0.5f, 0.6f, 0.7f, 0.8f], [0.01f, 0.02f, 0.03f, 0.04f], [0, 0, 0.5f, 0]);
        float input = 2, hidden = 0.7f, memory = -0.4f;
        double i = Sigmoid(0.1 * input + 0.5 * hidden + 0.01), f = Sigmoid(0.2 * input + 0.6 * hidden + 0.02);
        double g = Math.Tanh(0.3 * input + 0.7 * hidden + 0.03 + 0.5), o = Sigmoid(0.4 * input + 0.8 * hidden + 0.04);
        var c = f * memory + i * g;
        var (output, h, next) = cell.call(One(input), (One(hidden), One(memory)));
        Assert.Equal(c, next.item<float>(), 1e-6);
        Assert.Equal(o * Math.Tanh(c), h.item<float>(), 1e-6);
        Assert.Equal(h.item<float>(), output.item<float>());
        Assert.Equal([1, 1, 1], next.shape);
    }

    [TorchFact]
    public void A_GRU_has_its_gates_in_the_order_r_z_n_and_a_bias_within_the_reset()
    {
        using var scope = NewDisposeScope();
        using var cell = nn.GRU(1, 1);
        Fill(cell, [0.1f, 0.2f, 0.3f], [0.5f, 0.6f, 0.7f], [0.01f, 0.02f, 0.03f], [0, 0, 0.9f]);
        float input = 2, hidden = 0.7f;
        double r = Sigmoid(0.1 * input + 0.5 * hidden + 0.01), z = Sigmoid(0.2 * input + 0.6 * hidden + 0.02);
        var n = Math.Tanh(0.3 * input + 0.03 + r * (0.7 * hidden + 0.9));
        Assert.Equal((1 - z) * n + z * hidden, cell.call(One(input), One(hidden)).Item1.item<float>(), 1e-6);
    }

    [TorchFact]
    public void Without_a_state_a_layer_begins_from_zero()
    {
        using var scope = NewDisposeScope();
        using var lstm = nn.LSTM(1, 1);
        using var gru = nn.GRU(1, 1);
        var words = tensor([0.5f, -1, 2], [3, 1, 1]);
        Assert.Equal(Values.Of(lstm.call(words, (One(0), One(0))).Item1), Values.Of(lstm.call(words).Item1));
        Assert.Equal(Values.Of(gru.call(words, One(0)).Item1), Values.Of(gru.call(words).Item1));
    }

    [TorchFact]
    public void A_recurrent_layer_begins_with_values_within_one_over_the_root_of_its_size()
    {
        using var gru = nn.GRU(5, 16);
        var values = gru.parameters().SelectMany(Values.Of).ToArray();
        Assert.Equal(3 * 16 * (5 + 16 + 2), values.Length);
        Assert.All(values, value => Assert.InRange(value, -0.25f, 0.25f));
        Assert.Contains(values, value => Math.Abs(value) > 0.2f);
    }

    [TorchFact]
    public void Cross_entropy_leaves_out_the_ignored_targets()
    {
        using var scope = NewDisposeScope();
        var logits = tensor([1f, 2, 3, 0, 0, 0, 5, 1, 1], [3, 3]);
        var targets = tensor([2, -1, 1], [3], dtype: ScalarType.Int64);
        var first = Math.Log(Math.Exp(1) + Math.Exp(2) + Math.Exp(3)) - 3;
        var last = Math.Log(Math.Exp(5) + 2 * Math.Exp(1)) - 1;
        Assert.Equal(first + last, nn.functional.cross_entropy(logits, targets, ignore_index: -1, reduction: nn.Reduction.Sum).item<float>(), 1e-5);
        Assert.Equal((first + last) / 2, nn.functional.cross_entropy(logits, targets, ignore_index: -1).item<float>(), 1e-5);
        Values.AssertClose([(float)-first], Values.Of(nn.functional.log_softmax(logits, -1))[2..3], 1e-5);
    }

    [TorchFact]
    public void Dropout_keeps_the_mean_and_follows_from_the_seed()
    {
        using var scope = NewDisposeScope();
        var ones = tensor(Enumerable.Repeat(1f, 10_000).ToArray(), [10_000]);
        float[] Dropped(long seed)
        {
            using (manual_seed(seed)) return Values.Of(nn.functional.dropout(ones, 0.75));
        }

        var values = Dropped(1);
        Assert.Equal([0f, 4f], values.Distinct().Order());
        Assert.InRange(values.Average(), 0.9, 1.1);
        Assert.Equal(values, Dropped(1));
        Assert.NotEqual(values, Dropped(2));
        Assert.Equal(Values.Of(ones), Values.Of(nn.functional.dropout(ones, 0.75, training: false)));
    }

    private static Tensor One(float value) => tensor([value], [1, 1, 1]);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static void Fill(nn.Module cell, float[] input, float[] recurrent, float[] bias, float[] secondBias)
    {
        Values.Set(cell.get_parameter("weight_ih_l0")!, input);
        Values.Set(cell.get_parameter("weight_hh_l0")!, recurrent);
        Values.Set(cell.get_parameter("bias_ih_l0")!, bias);
        Values.Set(cell.get_parameter("bias_hh_l0")!, secondBias);
    }
}

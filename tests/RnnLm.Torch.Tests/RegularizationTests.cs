using TorchSharp;

namespace RnnLm.Torch.Tests;

/// <summary>Dropout with one mask for a window, of words and of recurrent weights; what is dropped is read off the gradients, and the managed engine is the oracle.</summary>
public class RegularizationTests
{
    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void A_window_is_computed_with_the_recurrent_weights_that_are_kept_and_every_window_keeps_others(CellKind cell, int layers, bool tied)
    {
        var options = Networks.Options(cell, layers, tied);
        options.Regularization.WeightDropout = 0.5;
        var weights = Networks.Weights(options, scale: cell == CellKind.Relu ? 0.05 : 0.4);
        // So that there is a gradient to read off: rectifiers that stay off have none.
        if (cell == CellKind.Relu) foreach (var layer in weights.Layers) layer.Bias.Values.AsSpan().Fill(1);
        var (gradients, expected) = (new NetworkWeights(weights.Shape), new NetworkWeights(weights.Shape));
        using var session = new TorchEngine().Start(weights, options);
        var seen = new HashSet<string>();
        for (var step = 0; step < 3; step++)
        {
            var window = Networks.Window(options, step, startsFresh: true, padding: 0.1, resets: 0.1);
            var loss = session.ComputeGradients(window, gradients).Loss;

            var dropped = weights.Clone();
            for (var layer = 0; layer < layers; layer++)
            {
                var kept = gradients.Layers[layer].Recurrent.Values.Select(value => value != 0).ToArray();
                Assert.InRange(kept.Count(value => value) / (double)kept.Length, 0.4, 0.6);
                Assert.True(seen.Add(string.Concat(kept.Select(value => value ? '1' : '0'))));
                foreach (var (index, isKept) in kept.Index()) dropped.Layers[layer].Recurrent.Values[index] *= isKept ? 2 : 0;
            }
            using var managed = new ManagedEngine().Start(dropped, Networks.Options(cell, layers, tied));
            Assert.Equal(managed.ComputeGradients(window, expected).Loss, loss, loss * 1e-5);
            foreach (var (layer, of) in expected.Layers.Index())
            {
                var values = of.Recurrent.Values;
                for (var i = 0; i < values.Length; i++) values[i] *= gradients.Layers[layer].Recurrent.Values[i] == 0 ? 0 : 2;
            }
            foreach (var (mine, theirs) in gradients.Parameters.Zip(expected.Parameters))
            {
                var distance = Networks.Distance(mine.Values, theirs.Values);
                Assert.True(distance < 1e-4, $"{mine.Name} in window {step} is {distance} apart");
            }
        }
    }

    [TorchFact]
    public void An_update_changes_the_whole_weights_by_what_was_kept()
    {
        var options = Networks.Options(CellKind.Lstm, layers: 2);
        options.Regularization.WeightDropout = 0.5;
        var weights = Networks.Weights(options);
        var window = Networks.Window(options, seed: 1, startsFresh: true);
        var (gradients, after) = (new NetworkWeights(weights.Shape), new NetworkWeights(weights.Shape));
        using (var session = new TorchEngine().Start(weights, options)) session.ComputeGradients(window, gradients);
        using (var session = new TorchEngine().Start(weights, options))
        {
            // The masks follow from the seed.
            session.Train(window, 0.5);
            session.ReadWeights(after);
        }
        var scale = Math.Min(1, options.GradientClip / Math.Sqrt(gradients.Parameters.Sum(parameter => parameter.Values.Sum(value => (double)value * value))));
        foreach (var ((before, gradient), now) in weights.Parameters.Zip(gradients.Parameters).Zip(after.Parameters))
            for (var i = 0; i < before.Values.Length; i++) Assert.Equal(before.Values[i] - 0.5 * scale * gradient.Values[i], now.Values[i], 1e-6);
    }

    [TorchFact]
    public void A_window_that_fails_leaves_the_weights_whole()
    {
        var options = Networks.Options();
        options.Regularization.WeightDropout = 0.5;
        var weights = Networks.Weights(options);
        using var session = new TorchEngine().Start(weights, options);
        var window = Networks.Window(options, seed: 1, startsFresh: true);
        session.ComputeGradients(window, new NetworkWeights(weights.Shape));
        window.Inputs[3] = Networks.VocabularySize;
        Assert.ThrowsAny<ArgumentException>(() => session.Train(window, 1));
        var read = new NetworkWeights(weights.Shape);
        session.ReadWeights(read);
        foreach (var (before, now) in weights.Parameters.Zip(read.Parameters)) Assert.Equal(before.Values, now.Values);
    }

    [TorchFact]
    public void A_word_is_dropped_wherever_it_is_read_in_a_window_and_its_row_of_the_output_stays()
    {
        foreach (var tied in (bool[])[false, true])
        {
            var options = Networks.Options(CellKind.Lstm, layers: 2, tied);
            options.Regularization.EmbeddingDropout = 0.4;
            var weights = Networks.Weights(options);
            var gradients = new NetworkWeights(weights.Shape);
            using var session = new TorchEngine().Start(weights, options);
            var window = Networks.Window(options, seed: 1, startsFresh: true);
            var loss = session.ComputeGradients(window, gradients).Loss;
            if (tied)
            {
                // Words that are dropped still have a gradient, as outputs.
                foreach (var word in window.Inputs) Assert.Contains(Row(gradients.Embedding.Values, word), value => value != 0);
                continue;
            }
            var dropped = weights.Clone();
            for (var word = 0; word < Networks.VocabularySize; word++)
            {
                var isDropped = Row(gradients.Embedding.Values, word).All(value => value == 0);
                var row = dropped.Embedding.Values.AsSpan(word * options.EmbeddingSize, options.EmbeddingSize);
                foreach (ref var value in row) value = isDropped ? 0 : value / 0.6f;
            }
            Assert.Contains(window.Inputs.ToArray(), word => Row(dropped.Embedding.Values, word).All(value => value == 0));
            using var managed = new ManagedEngine().Start(dropped, Networks.Options(CellKind.Lstm, layers: 2));
            Assert.Equal(managed.ComputeGradients(window, new NetworkWeights(weights.Shape)).Loss, loss, loss * 1e-5);

            IEnumerable<float> Row(float[] values, int word) => values.Skip(word * options.EmbeddingSize).Take(options.EmbeddingSize);
        }
    }

    [TorchTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void A_stream_has_one_mask_at_every_step_and_another_in_the_next_window(int place)
    {
        using var scope = torch.NewDisposeScope();
        var options = Networks.Options(layers: 2);
        options.Dropout = 0.9; // which locked dropout stands in the place of
        options.Regularization = new Regularization { InputDropout = 0.4, HiddenDropout = 0.4, OutputDropout = 0.4 };
        var regularizer = new TorchRegularizer(options, places: 2);
        float[] Mask() => [.. regularizer.Drop(torch.ones(5, 3, 100), place).data<float>()];
        var mask = Mask();
        for (var i = 300; i < mask.Length; i++) Assert.Equal(mask[i % 300], mask[i]);
        Assert.NotEqual(mask.Take(100), mask.Skip(100).Take(100));
        Assert.NotEqual(mask, Mask());
        Assert.InRange(mask.Count(value => value == 0) / (double)mask.Length, 0.28, 0.52);
        Assert.Equal([0, 1 / 0.6], mask.Select(value => Math.Round(value, 5)).Distinct().Order().Select(value => value == 0 ? 0 : 1 / 0.6));
    }

    [TorchFact]
    public void A_place_without_a_share_of_its_own_has_the_usual_dropout_and_one_with_zero_has_none()
    {
        using var scope = torch.NewDisposeScope();
        var options = Networks.Options(layers: 2);
        options.Dropout = 0.5;
        options.Regularization.OutputDropout = 0;
        var regularizer = new TorchRegularizer(options, places: 2);
        var ones = torch.ones(5, 3, 100);
        Assert.All(regularizer.Drop(ones, 2).data<float>(), value => Assert.Equal(1, value));
        foreach (var place in (int[])[0, 1])
        {
            var values = regularizer.Drop(ones, place).data<float>().ToArray();
            Assert.NotEqual(values.Take(300), values.Skip(300).Take(300));
        }
    }

    [TorchFact]
    public void Nothing_of_it_acts_in_evaluation()
    {
        var options = Networks.Options(CellKind.Gru, layers: 2);
        options.Regularization = All();
        var weights = Networks.Weights(options);
        using var with = new TorchEngine().Start(weights, options);
        using var without = new TorchEngine().Start(weights, Networks.Options(CellKind.Gru, layers: 2));
        with.ComputeGradients(Networks.Window(options, seed: 1), new NetworkWeights(weights.Shape));
        var words = Networks.Words(60, seed: 2);
        Assert.Equal(without.Evaluate(words, default), with.Evaluate(words, default));
    }

    [TorchFact]
    public void Every_tensor_of_a_window_is_freed_with_the_window()
    {
        var options = Networks.Options(CellKind.Lstm, layers: 2);
        options.Regularization = All();
        using var scope = torch.NewDisposeScope();
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        session.Train(Networks.Window(options, 1), 0.001);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var step = 0; step < 20; step++) session.Train(Networks.Window(options, step, padding: step % 2 * 0.5, resets: step % 3 * 0.2), 0.001);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [TorchFact]
    public void A_window_of_padding_alone_has_no_loss_and_no_gradient()
    {
        var options = Networks.Options();
        options.Regularization = All();
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        Assert.Equal(new WindowResult(0, 0), session.Train(Networks.Window(options, seed: 1, padding: 1), 1));
    }

    /// <summary>Regularizes in every way that there is.</summary>
    internal static Regularization All() => new()
    {
        InputDropout = 0.3,
        HiddenDropout = 0.2,
        OutputDropout = 0.4,
        EmbeddingDropout = 0.2,
        WeightDropout = 0.4,
        ActivationPenalty = 2,
        TemporalActivationPenalty = 1,
    };
}

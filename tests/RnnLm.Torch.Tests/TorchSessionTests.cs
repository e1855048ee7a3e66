using System.Diagnostics;
using TorchSharp;

namespace RnnLm.Torch.Tests;

public class TorchSessionTests
{
    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Weights_come_back_as_they_went_in(CellKind cell, int layers, bool tied)
    {
        var options = Networks.Options(cell, layers, tied);
        var weights = Networks.Weights(options);
        using var session = new TorchEngine().Start(weights, options);
        AssertSame(weights, Read(session, options));
    }

    [TorchFact]
    public void Training_lowers_the_loss_of_what_it_sees()
    {
        foreach (var optimizer in (Optimizer[])[new Sgd(), new Adam(), new AdamW()])
        {
            var options = Networks.Options();
            options.Optimizer = optimizer;
            using var session = new TorchEngine().Start(Networks.Weights(options), options);
            var window = Networks.Window(options, seed: 1, startsFresh: true);
            var rate = optimizer is Sgd ? 2 : 0.02;
            var first = session.Train(window, rate).Loss;
            for (var step = 0; step < 100; step++) session.Train(window, rate);
            Assert.InRange(session.Train(window, rate).Loss, 0, first / 2);
        }
    }

    [TorchFact]
    public void State_is_carried_from_window_to_window_unless_one_starts_fresh()
    {
        var options = Networks.Options(layers: 2);
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        var gradients = new NetworkWeights(options.ShapeFor(Networks.VocabularySize));
        var window = Networks.Window(options, seed: 1);
        var fresh = session.ComputeGradients(window, gradients).Loss;
        var carried = session.ComputeGradients(window, gradients).Loss;
        window.Resets[..window.BatchSize].Fill(true);
        Assert.NotEqual(fresh, carried);
        Assert.Equal(fresh, session.ComputeGradients(window, gradients).Loss);
    }

    [TorchFact]
    public void Evaluation_leaves_the_state_in_training_alone()
    {
        var options = Networks.Options(CellKind.Gru);
        using var one = new TorchEngine().Start(Networks.Weights(options), options);
        using var other = new TorchEngine().Start(Networks.Weights(options), options);
        for (var seed = 0; seed < 3; seed++)
        {
            other.Evaluate(Networks.Words(50, seed), default);
            Assert.Equal(one.Train(Networks.Window(options, seed), 1), other.Train(Networks.Window(options, seed), 1));
        }
    }

    [TorchFact]
    public void Evaluation_gives_the_same_however_it_is_cut()
    {
        // Evaluation reads 512 words at a time; training here one, with the same weights throughout.
        var options = Networks.Options();
        options.BatchSize = 1;
        options.Window = 1;
        var words = Networks.Words(1_100, seed: 3);
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        var gradients = new NetworkWeights(options.ShapeFor(Networks.VocabularySize));
        var window = new Window(1, 1) { Length = 1, TargetCount = 1 };
        var expected = 0.0;
        for (var i = 0; i < words.Length; i++)
        {
            window.Inputs[0] = i == 0 ? 1 : words[i - 1];
            window.Targets[0] = words[i];
            expected += session.ComputeGradients(window, gradients).Loss;
        }
        Assert.Equal(expected, session.Evaluate(words, default), expected * 1e-6);
        Assert.Equal(0, session.Evaluate(ReadOnlyMemory<int>.Empty, default));
    }

    [TorchFact]
    public void Evaluation_can_be_cancelled()
    {
        var options = Networks.Options();
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.Throws<OperationCanceledException>(() => session.Evaluate(Networks.Words(10, 0), cancellation.Token));
    }

    [TorchFact]
    public void Where_the_loss_is_not_finite_no_weight_is_changed()
    {
        foreach (var optimizer in (Optimizer[])[new Sgd(), new Adam(), new AdamW()])
        {
            var options = Networks.Options();
            options.Optimizer = optimizer;
            options.Optimizer.WeightDecay = 0.1;
            var weights = Networks.Weights(options);
            weights.OutputBias.Values[3] = float.PositiveInfinity;
            using var session = new TorchEngine().Start(weights, options);
            var result = session.Train(Networks.Window(options, seed: 1), 1);
            Assert.False(result.IsFinite);
            AssertSame(weights, Read(session, options));
        }
    }

    [TorchFact]
    public void A_window_of_padding_alone_has_no_loss_and_no_gradient()
    {
        var options = Networks.Options();
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        var result = session.Train(Networks.Window(options, seed: 1, padding: 1), 1);
        Assert.Equal(new WindowResult(0, 0), result);
    }

    [TorchFact]
    public void Dropout_follows_from_the_seed()
    {
        float[] Trained(int seed)
        {
            var options = Networks.Options(layers: 2);
            options.Dropout = 0.5;
            options.Seed = seed;
            using var session = new TorchEngine().Start(Networks.Weights(options), options);
            for (var step = 0; step < 5; step++) session.Train(Networks.Window(options, step), 1);
            return Read(session, options).Embedding.Values;
        }

        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));
    }

    [TorchFact]
    public void Dropout_acts_in_training_and_not_in_evaluation()
    {
        var plain = Networks.Options();
        var dropped = Networks.Options();
        dropped.Dropout = 0.5;
        using var one = new TorchEngine().Start(Networks.Weights(plain), plain);
        using var other = new TorchEngine().Start(Networks.Weights(dropped), dropped);
        var words = Networks.Words(40, seed: 2);
        Assert.Equal(one.Evaluate(words, default), other.Evaluate(words, default));
        Assert.NotEqual(one.Train(Networks.Window(plain, 1), 1).Loss, other.Train(Networks.Window(dropped, 1), 1).Loss);
    }

    [TorchFact]
    public void A_device_out_of_memory_is_an_error_that_names_the_settings_and_leaves_the_weights_as_they_were()
    {
        var options = Networks.Options(CellKind.Elman);
        options.EmbeddingSize = options.HiddenSize = 1;
        options.BatchSize = 4_000;
        options.Window = 1_250;
        var shape = options.ShapeFor(8_000_000);
        var weights = new NetworkWeights(shape);
        weights.Embedding.Values[17] = 3;
        using var session = new TorchEngine().Start(weights, options);
        var window = new Window(options.BatchSize, options.Window) { Length = options.Window, TargetCount = 5_000_000 };
        var error = Assert.Throws<InsufficientMemoryException>(() => session.Train(window, 1)); // 160 TB of logits, more than an address space
        Assert.Contains("TrainingOptions.BatchSize", error.Message, StringComparison.Ordinal);
        Assert.Contains("4000 × 1250 words", error.Message, StringComparison.Ordinal);
        var after = new NetworkWeights(shape);
        session.ReadWeights(after);
        Assert.Equal(weights.Embedding.Values, after.Embedding.Values);
    }

    [TorchFact]
    public void Every_tensor_of_a_window_is_freed_with_the_window()
    {
        var options = Networks.Options(CellKind.Lstm, layers: 2);
        options.Dropout = 0.2;
        options.Optimizer = new Adam();
        using var scope = torch.NewDisposeScope();
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        session.Train(Networks.Window(options, 1), 0.001);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var step = 0; step < 20; step++) session.Train(Networks.Window(options, step), 0.001);
        session.Evaluate(Networks.Words(100, 1), default);
        session.ReadWeights(new NetworkWeights(options.ShapeFor(Networks.VocabularySize)));
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [TorchFact]
    public void Resident_memory_is_flat_over_two_thousand_windows()
    {
        var options = Networks.Options(CellKind.Lstm, layers: 2);
        options.Dropout = 0.2;
        options.Optimizer = new Adam();
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        var window = Networks.Window(options, 1);
        void Train(int windows)
        {
            for (var step = 0; step < windows; step++) session.Train(window, 0.001);
        }
        long Resident()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            using var process = Process.GetCurrentProcess();
            return process.WorkingSet64;
        }

        Train(200);
        var before = Resident();
        Train(2_000);
        // A window's tensors come to about 200 kB: what each of the windows kept would show a hundredfold.
        Assert.InRange(Resident() - before, long.MinValue, 16 << 20);
    }

    [TorchFact]
    public void After_it_is_disposed_a_session_says_so()
    {
        var options = Networks.Options();
        var session = new TorchEngine().Start(Networks.Weights(options), options);
        session.Train(Networks.Window(options, 1), 1);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(() => session.Train(Networks.Window(options, 1), 1));
        Assert.Throws<ObjectDisposedException>(() => Read(session, options));
    }

    private static NetworkWeights Read(ITrainingSession session, TrainingOptions options)
    {
        var weights = new NetworkWeights(options.ShapeFor(Networks.VocabularySize));
        session.ReadWeights(weights);
        return weights;
    }

    private static void AssertSame(NetworkWeights expected, NetworkWeights actual)
    {
        foreach (var (one, other) in expected.Parameters.Zip(actual.Parameters)) Assert.Equal(one.Values, other.Values);
    }
}

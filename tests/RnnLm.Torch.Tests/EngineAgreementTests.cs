namespace RnnLm.Torch.Tests;

/// <summary>The managed engine and libtorch compute the same network: the same losses, the same gradients, the same updates.</summary>
public class EngineAgreementTests
{
    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Losses_agree_over_20_steps_of_gradient_descent_with_carried_state(CellKind cell, int layers, bool tied)
    {
        var options = Networks.Options(cell, layers, tied);
        AssertSameCourse(options, steps: 20, tolerance: 1e-5);
    }

    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Gradients_agree_window_after_window_with_carried_state(CellKind cell, int layers, bool tied)
        => AssertSameGradients(
            Networks.Options(cell, layers, tied),
            (options, step) => Networks.Window(options, step, startsFresh: step == 4, padding: step % 2 * 0.3));

    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Losses_and_gradients_agree_where_states_are_reset_within_a_window(CellKind cell, int layers, bool tied)
        => AssertSameGradients(
            Networks.Options(cell, layers, tied),
            (options, step) => Networks.Window(options, step, startsFresh: step == 2, padding: 0.2, resets: step % 2 * 0.3));

    [TorchTheory]
    [MemberData(nameof(Networks.Projected), MemberType = typeof(Networks))]
    public void Losses_gradients_updates_and_evaluations_agree_where_hidden_states_are_projected(CellKind cell, int layers, bool tied, int projection)
    {
        var options = Networks.Options(cell, layers, tied);
        options.ProjectionSize = projection;
        AssertSameGradients(options, (options, step) => Networks.Window(options, step, startsFresh: step == 2, padding: 0.2, resets: step % 2 * 0.3));
        AssertSameCourse(options, steps: 20, tolerance: 1e-5);
        var words = Networks.Words(1_300, seed: 4);
        var (managed, torch) = Start(options, Networks.Weights(options));
        using (managed)
        using (torch)
            AssertClose(managed.Evaluate(words, default), torch.Evaluate(words, default), 1e-6, "sum of losses");
    }

    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Gradients_agree_where_what_the_last_layer_puts_out_is_penalized(CellKind cell, int layers, bool tied)
    {
        var options = Networks.Options(cell, layers, tied);
        (options.Regularization.ActivationPenalty, options.Regularization.TemporalActivationPenalty) = (2, 3);
        AssertSameGradients(options, (options, step) => Networks.Window(options, step, startsFresh: step == 4, padding: step % 2 * 0.3, resets: step / 2 * 0.1));
    }

    [TorchTheory]
    [InlineData("sgd", CellKind.Lstm, false)]
    [InlineData("sgd", CellKind.Gru, true)]
    [InlineData("adam", CellKind.Lstm, true)]
    [InlineData("adam", CellKind.Gru, false)]
    [InlineData("adamw", CellKind.Gru, true)]
    [InlineData("adamw", CellKind.Elman, false)]
    [InlineData("adam with other moments", CellKind.Gru, true)]
    [InlineData("adamw with other moments", CellKind.Lstm, false)]
    public void Updates_agree_for_every_optimizer_with_weight_decay(string optimizer, CellKind cell, bool tied)
    {
        var options = Networks.Options(cell, layers: 2, tied);
        options.Optimizer = optimizer switch
        {
            "sgd" => new Sgd { LearningRate = 1, WeightDecay = 0.01 },
            "adam with other moments" => new Adam { LearningRate = 0.01, WeightDecay = 0.01, Beta1 = 0.7, Beta2 = 0.95, Epsilon = 1e-3 },
            "adamw with other moments" => new AdamW { LearningRate = 0.01, WeightDecay = 0.01, Beta1 = 0.95, Beta2 = 0.98, Epsilon = 1e-4 },
            "adam" => new Adam { LearningRate = 0.01, WeightDecay = 0.01 },
            _ => new AdamW { LearningRate = 0.01, WeightDecay = 0.01 },
        };
        AssertSameCourse(options, steps: 20, tolerance: 1e-4);
    }

    [TorchTheory]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Updates_agree_where_the_schedule_cycles_beta1(string optimizer)
    {
        var options = Networks.Options(CellKind.Lstm, layers: 2);
        options.Optimizer = optimizer == "adam" ? new Adam { LearningRate = 0.01 } : new AdamW { LearningRate = 0.01, WeightDecay = 0.1 };
        AssertSameCourse(options, steps: 30, tolerance: 1e-4, (session, step) => session.UseBeta1(0.95 - 0.25 * Math.Sin(Math.PI * step / 30)));
    }

    [TorchFact]
    public void Neither_changes_what_the_optimizer_does_not_have()
    {
        var options = Networks.Options();
        var (managed, torch) = Start(options, Networks.Weights(options));
        using (managed)
        using (torch)
        {
            Assert.Throws<NotSupportedException>(() => managed.UseBeta1(0.8));
            Assert.Throws<NotSupportedException>(() => torch.UseBeta1(0.8));
        }
    }

    [TorchFact]
    public void A_window_of_padding_alone_changes_no_weight_in_either()
    {
        var options = Networks.Options();
        options.Optimizer = new Adam { WeightDecay = 0.1 };
        var (managed, torch) = Start(options, Networks.Weights(options));
        using (managed)
        using (torch)
        {
            foreach (var session in (ITrainingSession[])[managed, torch])
            {
                session.Train(Networks.Window(options, seed: 1), 0.01);
                var before = Read(session, options);
                Assert.Equal(new WindowResult(0, 0), session.Train(Networks.Window(options, seed: 1, padding: 1), 0.01));
                foreach (var (one, other) in before.Parameters.Zip(Read(session, options).Parameters)) Assert.Equal(one.Values, other.Values);
            }
        }
    }

    [TorchTheory]
    [MemberData(nameof(Networks.All), MemberType = typeof(Networks))]
    public void Evaluations_agree(CellKind cell, int layers, bool tied)
    {
        var options = Networks.Options(cell, layers, tied);
        options.Dropout = 0.4; // which evaluation has nothing of
        var words = Networks.Words(1_300, seed: 4);
        var (managed, torch) = Start(options, Networks.Weights(options));
        using (managed)
        using (torch)
            AssertClose(managed.Evaluate(words, default), torch.Evaluate(words, default), 1e-6, "sum of losses");
    }

    [TorchFact]
    public void Gradients_are_clipped_alike()
    {
        var options = Networks.Options(CellKind.Lstm, layers: 2, tied: true);
        options.GradientClip = 0.01;
        options.Optimizer.LearningRate = 30;
        AssertSameCourse(options, steps: 20, tolerance: 1e-5);
    }

    // Gives both the same windows, one after another, and compares every loss and gradient.
    private static void AssertSameGradients(TrainingOptions options, Func<TrainingOptions, int, Window> windowOf)
    {
        var (managed, torch) = Start(options, Networks.Weights(options));
        using (managed)
        using (torch)
        {
            var expected = new NetworkWeights(options.ShapeFor(Networks.VocabularySize));
            var actual = new NetworkWeights(expected.Shape);
            for (var step = 0; step < 6; step++)
            {
                var window = windowOf(options, step);
                var one = managed.ComputeGradients(window, expected);
                var other = torch.ComputeGradients(window, actual);
                AssertClose(one.Loss, other.Loss, 1e-5, $"loss of window {step}");
                AssertClose(one.GradientNorm, other.GradientNorm, 1e-5, $"norm of window {step}");
                foreach (var (mine, theirs) in expected.Parameters.Zip(actual.Parameters))
                {
                    var distance = Networks.Distance(theirs.Values, mine.Values);
                    Assert.True(distance < 1e-4, $"{mine.Name} in window {step} is {distance} apart");
                }
            }
        }
    }

    // Trains with both, compares every loss and the weights at the end.
    private static void AssertSameCourse(TrainingOptions options, int steps, double tolerance, Action<ITrainingSession, int>? prepare = null)
    {
        var (managed, torch) = Start(options, Networks.Weights(options));
        using (managed)
        using (torch)
        {
            for (var step = 0; step < steps; step++)
            {
                var window = Networks.Window(options, step, startsFresh: step % 7 == 0, padding: step % 3 * 0.2);
                prepare?.Invoke(managed, step);
                prepare?.Invoke(torch, step);
                var one = managed.Train(window, options.Optimizer.LearningRate);
                var other = torch.Train(window, options.Optimizer.LearningRate);
                AssertClose(one.Loss, other.Loss, tolerance, $"loss of step {step}");
            }
            foreach (var (one, other) in Read(managed, options).Parameters.Zip(Read(torch, options).Parameters))
            {
                var distance = Networks.Distance(other.Values, one.Values);
                Assert.True(distance < 10 * tolerance, $"{one.Name} after {steps} steps is {distance} apart");
            }
        }
    }

    private static (ITrainingSession Managed, ITrainingSession Torch) Start(TrainingOptions options, NetworkWeights weights)
        => (new ManagedEngine().Start(weights, options), new TorchEngine().Start(weights, options));

    private static NetworkWeights Read(ITrainingSession session, TrainingOptions options)
    {
        var weights = new NetworkWeights(options.ShapeFor(Networks.VocabularySize));
        session.ReadWeights(weights);
        return weights;
    }

    private static void AssertClose(double expected, double actual, double tolerance, string what)
    {
        var distance = Math.Abs(actual - expected) / Math.Max(Math.Abs(expected), 1e-9);
        Assert.True(distance <= tolerance, $"The {what} is {expected} with one engine and {actual} with the other.");
    }
}

namespace RnnLm.Torch.Tests;

public sealed class ResumptionTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("rnnlm-torch-").FullName;

    public static TheoryData<CellKind, string, bool> Kinds
    {
        get
        {
            var data = new TheoryData<CellKind, string, bool>();
            foreach (var cell in Enum.GetValues<CellKind>())
                foreach (var optimizer in (string[])["sgd", "adam", "adamw"])
                    foreach (var tied in (bool[])[false, true])
                        data.Add(cell, optimizer, tied);
            return data;
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [TorchTheory]
    [MemberData(nameof(Kinds))]
    public void A_run_on_the_CPU_that_was_broken_off_goes_on_as_if_nothing_had_happened(CellKind cell, string optimizer, bool tied)
        => AssertGoesOn(Options(cell, optimizer, tied));

    [TorchTheory]
    [InlineData(CellKind.Lstm, false)]
    [InlineData(CellKind.Cifg, true)]
    public void So_does_one_of_a_network_with_projections(CellKind cell, bool tied)
    {
        var options = Options(cell, "adam", tied);
        options.ProjectionSize = 7;
        AssertGoesOn(options);
    }

    private void AssertGoesOn(TrainingOptions options)
    {
        var whole = Train(options, checkpoints: null);
        foreach (var step in (int[])[1, 4, 5, 7])
        {
            var checkpoints = Path.Join(folder, $"{step}");
            Train(options, checkpoints, cancelAfter: step);
            var resumed = Train(options, checkpoints);
            foreach (var (expected, actual) in whole.Weights.Parameters.Zip(resumed.Weights.Parameters)) Assert.Equal(expected.Values, actual.Values);
            Assert.Equal(whole.Epochs.Select(FiguresOf), resumed.Epochs.Select(FiguresOf));
        }
    }

    [TorchFact]
    public void What_is_saved_after_going_on_is_what_would_have_been_saved_without()
    {
        foreach (var optimizer in (string[])["sgd", "adam", "adamw"])
        {
            var options = Options(CellKind.Gru, optimizer, tied: false);
            var weights = Networks.Weights(options);
            var whole = new TrainingState();
            using (var session = new TorchEngine().Start(weights, options))
            {
                var broken = new TrainingState();
                for (var step = 0; step < 6; step++)
                {
                    if (step == 3) Assert.True(session.SaveState(broken));
                    session.Train(Networks.Window(options, step, startsFresh: step == 0), 0.1);
                }
                session.SaveState(whole);
                session.RestoreState(broken);
                AssertGoesOn(session, options, whole);
                using var other = new TorchEngine().Start(weights, options);
                other.RestoreState(broken);
                AssertGoesOn(other, options, whole);
            }
        }
    }

    [TorchFact]
    public void A_state_of_another_network_is_refused()
    {
        var options = Options(CellKind.Lstm, "adam", tied: false);
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        session.Train(Networks.Window(options, 1, startsFresh: true), 0.1);
        var state = new TrainingState();
        session.SaveState(state);
        options.HiddenSize++;
        using var other = new TorchEngine().Start(Networks.Weights(options), options);
        Assert.Contains("values; it must have", Assert.Throws<InvalidDataException>(() => other.RestoreState(state)).Message, StringComparison.Ordinal);
        Assert.Contains("is missing", Assert.Throws<InvalidDataException>(() => session.RestoreState(new TrainingState())).Message, StringComparison.Ordinal);
    }

    private static void AssertGoesOn(ITrainingSession session, TrainingOptions options, TrainingState whole)
    {
        for (var step = 3; step < 6; step++) session.Train(Networks.Window(options, step), 0.1);
        var state = new TrainingState();
        session.SaveState(state);
        foreach (var name in Names(options, whole))
        {
            var (expected, actual) = (new float[whole.LengthOf(name)], new float[state.LengthOf(name)]);
            whole.Get(name, expected);
            state.Get(name, actual);
            Assert.Equal(expected, actual);
        }
        var (random, other) = (new byte[whole.LengthOf("random")], new byte[state.LengthOf("random")]);
        whole.Get("random", random);
        state.Get("random", other);
        Assert.Equal(random, other);
    }

    private static IEnumerable<string> Names(TrainingOptions options, TrainingState state)
    {
        string[] parameters = ["embedding.weight", "output", "output_bias", .. Enumerable.Range(0, options.Layers).SelectMany(
            layer => (string[])[$"layer{layer}.weight_ih_l0", $"layer{layer}.weight_hh_l0", $"layer{layer}.bias_ih_l0", $"layer{layer}.bias_hh_l0"])];
        string[] moments = [.. Enumerable.Range(0, parameters.Length).SelectMany(index => (string[])[$"optimizer.first_moments.parameter{index}", $"optimizer.second_moments.parameter{index}"])];
        Assert.Equal(options.Optimizer is not Sgd, moments.All(state.Has));
        return [.. parameters.Select(name => $"parameters.{name}"), .. moments.Where(state.Has), .. Enumerable.Range(0, options.Layers).Select(layer => $"layer{layer}.hidden")];
    }

    private static TrainingOptions Options(CellKind cell, string optimizer, bool tied)
    {
        var options = Networks.Options(cell, layers: 2, tied);
        options.Optimizer = optimizer switch
        {
            "sgd" => new Sgd { LearningRate = 1 },
            "adam" => new Adam { LearningRate = 0.02, WeightDecay = 0.001 },
            _ => new AdamW { LearningRate = 0.02, WeightDecay = 0.01 },
        };
        options.Dropout = 0.3;
        if (tied)
        {
            if (cell == CellKind.Relu) options.Optimizer.LearningRate /= 4;
            options.RandomWindow = options.PartialShuffle = true;
            options.Regularization = RegularizationTests.All();
        }
        options.Epochs = 3;
        options.ProgressInterval = TimeSpan.Zero;
        return options;
    }

    private static TrainingResult Train(TrainingOptions options, string? checkpoints, int? cancelAfter = null)
    {
        using var cancellation = new CancellationTokenSource();
        options = options.Clone();
        options.Progress = new Canceller(cancellation, cancelAfter);
        options.CancellationToken = cancellation.Token;
        if (checkpoints is not null) options.Checkpoint = new CheckpointOptions { Folder = checkpoints, IntervalWindows = 2 };
        string[] lines = ["one two three four five six seven", "one three five seven", "two four six", "seven six five four three two one", "one two", "four five six one", "three", "two two two five", "six seven", "one one"];
        try
        {
            return new LanguageModelTrainer(options, new TorchEngine()).Train(Tokenizer.Whitespace, [.. lines, .. lines, .. lines], lines[..4]).Result;
        }
        catch (OperationCanceledException) when (cancelAfter is not null)
        {
            return null!;
        }
    }

    private static (int, long, double, double?, bool) FiguresOf(EpochResult epoch) => (epoch.Epoch, epoch.Words, epoch.TrainingPerplexity, epoch.ValidationPerplexity, epoch.IsBest);

    private sealed class Canceller(CancellationTokenSource cancellation, int? after) : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            if (value is TrainingProgressed progressed && progressed.Step == after) cancellation.Cancel();
        }
    }
}

namespace RnnLm.Torch.Tests;

public class GarbageTests
{
    private const int Steps = 250;

    [TorchTheory]
    [InlineData(CellKind.Lstm, null, "sgd")]
    [InlineData(CellKind.Lstm, 7, "adam")]
    [InlineData(CellKind.Cifg, null, "adamw")]
    [InlineData(CellKind.Gru, null, "adam")]
    public void Collecting_it_beside_a_training_changes_nothing(CellKind cell, int? projection, string optimizer)
    {
        var options = Networks.Options(cell, layers: 2);
        options.ProjectionSize = projection;
        options.Regularization = RegularizationTests.All();
        options.Averaging = new ExponentialAverage();
        options.Optimizer = optimizer switch
        {
            "sgd" => new Sgd { LearningRate = 0.5, WeightDecay = 1e-3 },
            "adam" => new Adam { LearningRate = 0.01, WeightDecay = 1e-3 },
            _ => new AdamW { LearningRate = 0.01, WeightDecay = 1e-3 },
        };
        var expected = Train(options);
        using var enough = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            while (!enough.IsCancellationRequested)
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            Assert.Equal(expected, Train(options));
        }
        finally
        {
            enough.Cancel();
            collector.Join();
        }
    }

    // The loss of every window, the sum of the weights and that of an evaluation.
    private static List<double> Train(TrainingOptions options)
    {
        List<double> figures = [];
        using var session = new TorchEngine().Start(Networks.Weights(options), options);
        for (var step = 0; step < Steps; step++)
        {
            figures.Add(session.Train(Networks.Window(options, step, startsFresh: step == 0, padding: 0.1, resets: 0.1), options.Optimizer.LearningRate).Loss);
            if (step % 10 == 9) session.AverageWeights(step == 9 ? 1 : 0.5);
        }
        figures.Add(session.Evaluate(Networks.Words(600, seed: 1), default));
        var weights = new NetworkWeights(options.ShapeFor(Networks.VocabularySize));
        session.ReadWeights(weights);
        figures.AddRange(weights.Parameters.Select(parameter => parameter.Values.Sum(value => (double)value)));
        return figures;
    }
}

using RnnLm.Training.Tests.Engines;

namespace RnnLm.Training.Tests.Averaging;

/// <summary>The managed engine's average against one that is formed of all weights in double precision.</summary>
public class AveragedSessionTests
{
    private static readonly NetworkShape Shape = Cases.Shape(CellKind.Lstm, vocabulary: 150);

    public static TheoryData<string, bool, int> Kinds => new() { { "sgd", false, 1 }, { "adam", false, 2 }, { "adamw", true, 2 }, { "adam", true, 1 } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_read_and_evaluated_is_the_average_and_training_goes_on_from_the_weights(string optimizer, bool sampled, int threads)
    {
        var options = Cases.Options(Shape, dropout: 0.2, threads);
        options.Optimizer = Cases.Optimizer(optimizer, optimizer == "adamw" ? 0.1 : 0);
        if (sampled) options.Softmax = new SampledSoftmax { Samples = 20 };
        using var averaged = new ManagedEngine().Start(Cases.Weights(Shape), options);
        using var twin = new ManagedEngine().Start(Cases.Weights(Shape), options);
        var weights = new NetworkWeights(Shape);
        var means = weights.Parameters.Select(parameter => new double[parameter.Values.Length]).ToArray();
        for (var step = 0; step < 12; step++)
        {
            var window = Cases.Window(Shape, 3, 5, seed: step, fresh: step == 0);
            Assert.Equal(twin.Train(window, 0.03).Loss, averaged.Train(window, 0.03).Loss, 1e-4);
            twin.ReadWeights(weights);
            var share = 1.0 / (step + 1);
            averaged.AverageWeights(share);
            foreach (var (mean, parameter) in means.Zip(weights.Parameters))
                for (var i = 0; i < mean.Length; i++) mean[i] += share * (parameter.Values[i] - mean[i]);
        }
        averaged.ReadWeights(weights);
        foreach (var (mean, parameter) in means.Zip(weights.Parameters))
            Assert.All(mean.Zip(parameter.Values), pair => Assert.Equal(pair.First, pair.Second, 2e-6));

        using var served = new ManagedEngine().Start(weights, options);
        int[] words = [3, 7, 9, 1, 4, 140, 22];
        Assert.Equal(served.Evaluate(words, default), averaged.Evaluate(words, default), 1e-6);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("adamw")]
    public void Weights_that_are_written_are_trained_as_by_a_session_that_began_with_them(string optimizer)
    {
        var options = Cases.Options(Shape);
        options.Softmax = new SampledSoftmax { Samples = 149 }; // which are all, so that nothing is drawn
        options.Optimizer = Cases.Optimizer(optimizer, weightDecay: 0.1);
        var other = Cases.Weights(Shape, seed: 9);
        using var session = new ManagedEngine().Start(Cases.Weights(Shape), options);
        using var fresh = new ManagedEngine().Start(other, options);
        for (var step = 0; step < 3; step++) session.Train(Cases.Window(Shape, 3, 5, seed: step, fresh: step == 0), 0.03);
        session.AverageWeights(1);
        session.WriteWeights(other);
        AssertSame(fresh, session);
        for (var step = 5; step < 9; step++)
        {
            var window = Cases.Window(Shape, 3, 5, seed: step, fresh: step == 5);
            Assert.Equal(fresh.Train(window, 0.03), session.Train(window, 0.03));
        }
        AssertSame(fresh, session);
    }

    private static void AssertSame(ITrainingSession expected, ITrainingSession actual)
    {
        var (one, other) = (new NetworkWeights(Shape), new NetworkWeights(Shape));
        expected.ReadWeights(one);
        actual.ReadWeights(other);
        foreach (var (first, second) in one.Parameters.Zip(other.Parameters)) Assert.Equal(first.Values, second.Values);
    }
}

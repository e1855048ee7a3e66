using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Engines;

public class EvaluationTests
{
    [Theory]
    [InlineData(CellKind.Elman, false, 1)]
    [InlineData(CellKind.Relu, true, 2)]
    [InlineData(CellKind.Lstm, true, 3)]
    [InlineData(CellKind.Gru, false, 2)]
    [InlineData(CellKind.Cifg, false, 2)]
    public void The_loss_of_a_stream_is_that_of_the_reference(CellKind cell, bool tied, int threads)
    {
        var shape = Cases.Shape(cell, tied, layers: 3);
        var weights = Cases.Weights(shape);
        var stream = Cases.Stream(shape, 1300); // more than two blocks
        using var session = new ManagedEngine().Start(weights, Cases.Options(shape, threads: threads));

        var expected = new ReferenceNetwork(new ReferenceWeights(weights)).Evaluate(stream, Vocabulary.EndOfLineId);
        Assert.Equal(expected, session.Evaluate(stream, default), expected * 1e-6);
        Assert.Equal(expected, session.Evaluate(stream, default), expected * 1e-6);
    }

    [Fact]
    public void The_loss_of_a_stream_without_words_is_zero()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        Assert.Equal(0, session.Evaluate(ReadOnlyMemory<int>.Empty, default));
    }

    [Fact]
    public void The_losses_of_streams_apart_add_up_each_from_the_zero_state()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        ReadOnlyMemory<int> stream = Cases.Stream(shape, 60);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        ReadOnlyMemory<int>[] apart = [stream[..20], stream[20..23], stream[23..]];
        Assert.Equal(apart.Sum(one => session.Evaluate(one, default)), session.EvaluateApart(apart, default));
        Assert.NotEqual(session.Evaluate(stream, default), session.EvaluateApart(apart, default));
        Assert.Throws<OperationCanceledException>(() => session.EvaluateApart(apart, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Evaluation_in_between_changes_nothing_in_training()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        NetworkWeights Train(bool evaluate)
        {
            using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape, dropout: 0.2));
            session.Train(Cases.Window(shape, 4, 6, seed: 1, fresh: true), 1);
            if (evaluate) session.Evaluate(Cases.Stream(shape, 30), default);
            session.Train(Cases.Window(shape, 4, 6, seed: 2), 1);
            var weights = new NetworkWeights(shape);
            session.ReadWeights(weights);
            return weights;
        }
        foreach (var (without, with) in Train(false).Parameters.Zip(Train(true).Parameters)) Assert.Equal(without.Values, with.Values);
    }

    [Fact]
    public void Evaluation_is_of_the_weights_as_training_has_left_them()
    {
        var shape = Cases.Shape(CellKind.Gru);
        var stream = Cases.Stream(shape, 30);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        session.Train(Cases.Window(shape, 4, 6, seed: 1, fresh: true), 1);
        var weights = new NetworkWeights(shape);
        session.ReadWeights(weights);
        var expected = new ReferenceNetwork(new ReferenceWeights(weights)).Evaluate(stream, Vocabulary.EndOfLineId);
        Assert.Equal(expected, session.Evaluate(stream, default), expected * 1e-6);
    }

    [Fact]
    public void A_cancelled_evaluation_ends_and_another_can_follow()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var stream = Cases.Stream(shape, 600);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        var loss = session.Evaluate(stream, default);
        Assert.Throws<OperationCanceledException>(() => session.Evaluate(stream, new CancellationToken(canceled: true)));
        Assert.Equal(loss, session.Evaluate(stream, default));
    }

    [Fact]
    public void Weights_that_are_not_finite_have_no_finite_loss()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        var weights = Cases.Weights(shape);
        weights.Layers[0].Recurrent.Values[2] = float.PositiveInfinity;
        using var session = new ManagedEngine().Start(weights, Cases.Options(shape));
        Assert.Equal(double.NaN, session.Evaluate(Cases.Stream(shape, 30), default));
    }

    [Fact]
    public void A_word_outside_the_vocabulary_is_refused()
    {
        var shape = Cases.Shape(CellKind.Lstm);
        using var session = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        Assert.Contains("word 53", Assert.Throws<ArgumentException>(() => session.Evaluate(new[] { 1, 53 }, default)).Message);
    }
}

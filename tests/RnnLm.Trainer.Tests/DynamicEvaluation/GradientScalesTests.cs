using RnnLm.Training.Tests.Reference;

namespace RnnLm.Training.Tests.Adaptation;

/// <summary>How great gradients are, held to those in double precision.</summary>
public sealed class GradientScalesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_are_the_roots_of_the_mean_squares_by_row_and_by_column(bool tied)
    {
        var model = Streams.Model(CellKind.Gru, tied);
        var text = Streams.Text(model, 60);
        var scales = DynamicEvaluator.MeasureScales(model, text, window: 20);

        var squares = new ReferenceWeights(model.Shape);
        var network = new ReferenceNetwork(new ReferenceWeights(model.Network.CopyWeights()));
        var (reader, state) = (new WindowReader(text.Ids, 20), new ReferenceState(model.Shape, 1));
        while (reader.Next())
        {
            var gradients = new ReferenceWeights(model.Shape);
            network.Run(reader.Window, state, gradients);
            foreach (var (name, values) in gradients.Tensors)
                for (var i = 0; i < values.Length; i++) squares[name][i] += values[i] * values[i] / 3;
        }
        Assert.True(scales.Fit(model.Shape));
        foreach (var tensor in scales.Tensors)
        {
            var (rows, columns, values) = (tensor.Rows.Length, tensor.Columns.Length, squares[tensor.Name]);
            var mean = values.Average();
            for (var row = 0; row < rows; row++)
                Assert.Equal(Math.Sqrt(Enumerable.Range(0, columns).Average(column => values[(row * columns) + column])), tensor.Rows.Span[row], 1e-4 * Math.Sqrt(mean) + 2e-5);
            for (var column = 0; column < columns; column++)
                Assert.Equal(Math.Sqrt(Enumerable.Range(0, rows).Average(row => values[(row * columns) + column]) / mean), tensor.Columns.Span[column], 2e-3);
        }
    }

    [Fact]
    public void They_are_the_same_on_any_number_of_threads_and_the_model_stays()
    {
        var model = Streams.Model();
        var (text, checksum) = (Streams.Text(model, 100), model.ComputeChecksum());
        var one = DynamicEvaluator.MeasureScales(model, text, options: new EvaluationOptions { Threads = 1 });
        var two = DynamicEvaluator.MeasureScales(model, text, options: new EvaluationOptions { Threads = 2 });
        Assert.Equal(one.Mean, two.Mean, 1e-6);
        Assert.Equal(checksum, model.ComputeChecksum());
    }

    [Fact]
    public void What_has_no_gradients_of_its_own_is_refused()
    {
        var model = Streams.Model();
        var text = Streams.Text(model, 10);
        Assert.Throws<NotSupportedException>(() => DynamicEvaluator.MeasureScales(LanguageModel.Ensemble([model, model]), text));
        Assert.Throws<ArgumentException>(() => DynamicEvaluator.MeasureScales(model, Texts.Of()));
        Assert.Throws<ArgumentOutOfRangeException>(() => DynamicEvaluator.MeasureScales(model, text, window: 0));
        Assert.Throws<OperationCanceledException>(() => DynamicEvaluator.MeasureScales(model, text, options: new EvaluationOptions { CancellationToken = new CancellationToken(true) }));
    }
}

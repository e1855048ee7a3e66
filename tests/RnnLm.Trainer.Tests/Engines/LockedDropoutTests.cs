namespace RnnLm.Training.Tests.Engines;

public class LockedDropoutTests
{
    private const int Batch = 6;
    private const int Length = 9;

    public static TheoryData<int, int, double> Places => new() { { 0, 1, 0.5 }, { 0, 2, 0.3 }, { 1, 1, 0.5 }, { 1, 2, 0.3 }, { 2, 2, 0.7 } };

    [Theory]
    [MemberData(nameof(Places))]
    public void A_stream_has_one_mask_at_every_step_of_a_window(int place, int layers, double share)
    {
        var mask = MaskOf(place, layers, share, step: 0);
        for (var position = Batch; position < mask.Length; position++) Assert.Equal(mask[position % Batch], mask[position]);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Other_streams_and_the_next_window_have_other_masks(int place, int layers, double share)
    {
        var mask = MaskOf(place, layers, share, step: 0);
        Assert.Equal(Batch, mask.Take(Batch).Select(row => string.Join(",", row)).Distinct().Count());
        var next = MaskOf(place, layers, share, step: 1);
        for (var stream = 0; stream < Batch; stream++) Assert.NotEqual(mask[stream], next[stream]);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void The_share_asked_for_is_dropped_and_the_mean_is_kept(int place, int layers, double share)
    {
        var factors = Enumerable.Range(0, 20).SelectMany(step => MaskOf(place, layers, share, step).Take(Batch)).SelectMany(row => row).ToList();
        Assert.InRange(factors.Count(factor => factor == 0) / (double)factors.Count, share - 0.03, share + 0.03);
        Assert.Equal([0, Math.Round(1 / (1 - share), 4)], factors.Distinct().Order());
    }

    [Fact]
    public void Places_have_masks_that_have_nothing_to_do_with_each_other()
    {
        var all = new[] { MaskOf(0, 2, 0.5, 0), MaskOf(1, 2, 0.5, 0), MaskOf(2, 2, 0.5, 0) };
        for (var one = 0; one < 3; one++)
            for (var other = 0; other < one; other++) Assert.NotEqual(all[one][0], all[other][0]);
    }

    [Fact]
    public void Without_a_share_of_its_own_a_place_has_the_usual_dropout_with_another_mask_at_every_step()
    {
        var shape = Shape(2);
        var options = Cases.Options(shape, dropout: 0.5);
        options.Regularization.OutputDropout = 0.5;
        var stack = ForwardPass.Of(Cases.Weights(shape), options, Cases.Window(shape, Batch, Length, seed: 1, fresh: true));
        Assert.Equal([typeof(Dropout), typeof(Dropout), typeof(LockedDropout)], stack.Layers.OfType<Dropout>().Select(layer => layer.GetType()));
    }

    [Fact]
    public void A_share_of_zero_drops_nothing()
    {
        var shape = Shape(2);
        var options = Cases.Options(shape, dropout: 0.5);
        options.Regularization = new Regularization { InputDropout = 0, HiddenDropout = 0, OutputDropout = 0 };
        Assert.Empty(ForwardPass.Of(Cases.Weights(shape), options, Cases.Window(shape, Batch, Length, seed: 1, fresh: true)).Layers.OfType<Dropout>());
    }

    [Fact]
    public void Padding_has_no_part_in_which_mask_a_position_has()
    {
        // The highest place has rows for targets alone.
        var shape = Shape(2);
        var options = Cases.Options(shape);
        options.Regularization.OutputDropout = 0.5;
        var weights = Cases.Weights(shape);
        var padded = Cases.Window(shape, Batch, Length, seed: 1, fresh: true, padded: true);
        var stack = ForwardPass.Of(weights, options, padded);
        var mask = MaskOf(2, 2, 0.5, step: 0);
        var hidden = stack.Layers.OfType<UnrolledLayer>().Last().Output;
        for (var row = 0; row < stack.Window.TargetCount; row++)
        {
            var position = stack.Window.TargetPositions[row];
            for (var unit = 0; unit < shape.OutputSize; unit++) Assert.Equal(mask[position][unit] * hidden[position, unit], stack.Top.Output[row, unit], 1e-4);
        }
    }

    [Fact]
    public void Nothing_is_dropped_in_evaluation()
    {
        var shape = Shape(2);
        var stream = Cases.Stream(shape, 40);
        var options = Cases.Options(shape);
        options.Regularization = new Regularization { InputDropout = 0.5, HiddenDropout = 0.5, OutputDropout = 0.5 };
        using var with = new ManagedEngine().Start(Cases.Weights(shape), options);
        using var without = new ManagedEngine().Start(Cases.Weights(shape), Cases.Options(shape));
        Assert.Equal(without.Evaluate(stream, default), with.Evaluate(stream, default));
    }

    private static NetworkShape Shape(int layers) => Cases.Shape(CellKind.Lstm, layers: layers, embedding: 37, hidden: 41);

    // What a place multiplies by, of every position, without what rounding adds.
    private static double[][] MaskOf(int place, int layers, double share, long step)
    {
        var shape = Shape(layers);
        var weights = Cases.Weights(shape);
        weights.Embedding.Values.AsSpan().Fill(1);
        var options = Cases.Options(shape);
        if (place == 0) options.Regularization.InputDropout = share;
        else if (place == layers) options.Regularization.OutputDropout = share;
        else options.Regularization.HiddenDropout = share;
        var stack = ForwardPass.Of(weights, options, Cases.Window(shape, Batch, Length, seed: 1, fresh: true), step);
        var dropped = stack.Layers.OfType<LockedDropout>().Single().Output;
        var recurrent = stack.Layers.OfType<UnrolledLayer>().ToList();
        return [.. Enumerable.Range(0, Batch * Length).Select(position => dropped.Row(position).ToArray()
            .Select((value, unit) => place == 0 ? Math.Round(value, 4) : Math.Round(value / recurrent[place - 1].Output[position, unit], 4)).ToArray())];
    }
}

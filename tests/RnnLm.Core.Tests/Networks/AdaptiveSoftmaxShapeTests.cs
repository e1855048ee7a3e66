namespace RnnLm.Tests.Networks;

public class AdaptiveSoftmaxShapeTests
{
    private static NetworkShape Shape(AdaptiveSoftmaxShape? adaptive, int vocabulary = 100, bool tied = false) => new()
    {
        Cell = CellKind.Lstm,
        VocabularySize = vocabulary,
        EmbeddingSize = 20,
        HiddenSize = 20,
        Layers = 1,
        Tied = tied,
        AdaptiveSoftmax = adaptive,
    };

    [Fact]
    public void Two_that_divide_a_vocabulary_in_the_same_way_are_equal()
    {
        var shape = new AdaptiveSoftmaxShape([10, 50], 2);
        Assert.Equal(shape, new AdaptiveSoftmaxShape(new List<int> { 10, 50 }, 2));
        Assert.Equal(shape.GetHashCode(), new AdaptiveSoftmaxShape([10, 50], 2).GetHashCode());
        Assert.Equal(Shape(shape), Shape(new AdaptiveSoftmaxShape([10, 50], 2)));
        Assert.NotEqual(shape, new AdaptiveSoftmaxShape([10, 51], 2));
        Assert.NotEqual(shape, new AdaptiveSoftmaxShape([10], 2));
        Assert.NotEqual(shape, new AdaptiveSoftmaxShape([10, 50], 3));
        Assert.NotEqual(Shape(shape), Shape(null));
    }

    [Fact]
    public void Cutoffs_that_change_afterwards_change_nothing()
    {
        int[] cutoffs = [10, 50];
        var shape = new AdaptiveSoftmaxShape(cutoffs);
        cutoffs[0] = 20;
        Assert.Equal([10, 50], shape.Cutoffs);
    }

    [Fact]
    public void Each_tail_is_smaller_than_the_one_before_by_the_factor_and_has_at_least_one_value()
    {
        var shape = new AdaptiveSoftmaxShape([10, 50, 60, 70], 4);
        Assert.Equal([50, 12, 3, 1], Enumerable.Range(0, 4).Select(tail => shape.SizeOf(tail, 200)));
        Assert.Equal([40, 10, 10, 30], Enumerable.Range(0, 4).Select(tail => shape.WordsOf(tail, 100)));
        Assert.Equal(14, shape.HeadSize);
        Assert.Equal([80, 32, 12, 5], Enumerable.Range(0, 4).Select(tail => new AdaptiveSoftmaxShape([10, 20, 30, 40], 2.5).SizeOf(tail, 200)));
    }

    [Theory]
    [InlineData(4.0, 10, 50)]
    [InlineData(1.5, 2)]
    [InlineData(1000.0, 2, 3, 99)]
    public void The_number_of_parameters_is_that_of_the_weights(double divisionFactor, params int[] cutoffs)
    {
        var weights = new NetworkWeights(Shape(new AdaptiveSoftmaxShape(cutoffs, divisionFactor)));
        Assert.Equal(weights.Parameters.Sum(parameter => (long)parameter.Values.Length), weights.Shape.ParameterCount);
        Assert.Equal(weights.Parameters.Count(), weights.Parameters.Select(parameter => parameter.Name).Distinct().Count());
    }

    [Theory]
    [InlineData(33_278, 2_079, 9_983)]
    [InlineData(10_000, 625, 3_000)]
    [InlineData(20, 2, 6)]
    [InlineData(7, 2)]
    [InlineData(3, 2)]
    public void The_cutoffs_that_are_not_given_are_a_sixteenth_and_three_tenths(int vocabulary, params int[] cutoffs)
    {
        Assert.Equal(cutoffs, AdaptiveSoftmaxShape.DefaultCutoffs(vocabulary));
        Shape(new AdaptiveSoftmaxShape(AdaptiveSoftmaxShape.DefaultCutoffs(vocabulary)), vocabulary).Validate();
    }

    [Fact]
    public void Every_fault_is_named_at_once()
    {
        static string FaultOf(NetworkShape shape) => Assert.Throws<ArgumentException>(shape.Validate).Message;
        Assert.Contains("no cutoffs", FaultOf(Shape(new AdaptiveSoftmaxShape([]))));
        Assert.Contains("at least 2", FaultOf(Shape(new AdaptiveSoftmaxShape([1, 5]))));
        Assert.Contains("5, 5; each must be greater", FaultOf(Shape(new AdaptiveSoftmaxShape([5, 5]))));
        Assert.Contains("below the size of the vocabulary, 100", FaultOf(Shape(new AdaptiveSoftmaxShape([5, 100]))));
        foreach (var factor in new[] { 0.5, 0, -1, double.NaN, double.PositiveInfinity })
            Assert.Contains("from 1", FaultOf(Shape(new AdaptiveSoftmaxShape([5], factor))));

        var all = FaultOf(Shape(new AdaptiveSoftmaxShape([200, 1], 0), tied: true));
        foreach (var part in (string[])["greater than the one before", "below the size", "division factor", "cannot be tied"]) Assert.Contains(part, all);
    }
}

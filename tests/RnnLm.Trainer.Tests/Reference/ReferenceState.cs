namespace RnnLm.Training.Tests.Reference;

/// <summary>The recurrent state of every stream: <c>[batch][layer][output]</c>, and the memories <c>[batch][layer][hidden]</c>.</summary>
internal sealed class ReferenceState
{
    public ReferenceState(NetworkShape shape, int batchSize)
    {
        Hidden = Zero(shape, shape.OutputSizeOf, batchSize);
        Cell = Zero(shape, shape.UnitsOf, batchSize);
    }

    public double[][][] Hidden { get; }

    public double[][][] Cell { get; }

    private static double[][][] Zero(NetworkShape shape, Func<int, int> sizeOf, int batchSize)
        => [.. Enumerable.Range(0, batchSize).Select(_ =>
            Enumerable.Range(0, shape.Layers).Select(layer => new double[sizeOf(layer)]).ToArray())];
}

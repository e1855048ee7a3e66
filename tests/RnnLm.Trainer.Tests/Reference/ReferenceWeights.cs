namespace RnnLm.Training.Tests.Reference;

/// <summary>The weights, or gradients, of a network in double precision, under the names of <see cref="NetworkWeights.Parameters"/>.</summary>
internal sealed class ReferenceWeights
{
    private readonly Dictionary<string, double[]> tensors = [];

    public ReferenceWeights(NetworkShape shape)
        : this(new NetworkWeights(shape))
    {
    }

    public ReferenceWeights(NetworkWeights weights)
    {
        Shape = weights.Shape;
        foreach (var parameter in weights.Parameters)
            tensors.Add(parameter.Name, [.. parameter.Values.Select(value => (double)value)]);
    }

    public NetworkShape Shape { get; }

    public IEnumerable<KeyValuePair<string, double[]>> Tensors => tensors;

    public double[] this[string name] => tensors[name];

    public double[] Embedding => tensors["embedding"];

    public double[] Output => tensors.GetValueOrDefault("output") ?? Embedding;

    public double[] OutputBias => tensors["output_bias"];

    /// <summary>Gives an output matrix that is tied to the embedding a copy of its own.</summary>
    public ReferenceWeights WithOutputOfItsOwn()
    {
        tensors.TryAdd("output", [.. Embedding]);
        return this;
    }

    public ReferenceLayer Layer(int layer) => new(
        Shape.InputSizeOf(layer),
        Shape.UnitsOf(layer),
        Shape.OutputSizeOf(layer),
        tensors[$"layers.{layer}.input"],
        tensors[$"layers.{layer}.recurrent"],
        tensors[$"layers.{layer}.bias"],
        tensors.GetValueOrDefault($"layers.{layer}.recurrent_bias") ?? [],
        tensors.GetValueOrDefault($"layers.{layer}.projection") ?? []);
}

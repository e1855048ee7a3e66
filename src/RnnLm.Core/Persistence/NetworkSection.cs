using RnnLm.Networks;

namespace RnnLm.Persistence;

/// <summary>What a model file holds of one network: of the model's, or of a member's of an ensemble.</summary>
internal sealed class NetworkSection
{
    private readonly string prefix;

    /// <summary>Reads its sizes, which are possible and do not call for more tensors than the header has.</summary>
    /// <param name="metadata">The metadata of the model or of the member.</param>
    /// <param name="prefix">What the names of its tensors begin with.</param>
    /// <exception cref="ModelFormatException">The sizes are not there, or not possible.</exception>
    public NetworkSection(ModelMetadata metadata, string prefix)
    {
        this.prefix = prefix;
        Metadata = metadata;
        Shape = metadata.ReadShape();
        IsQuantized = metadata.IsQuantized;
    }

    /// <summary>The metadata of the model or of the member.</summary>
    public ModelMetadata Metadata { get; }

    /// <summary>The network's sizes.</summary>
    public NetworkShape Shape { get; }

    /// <summary>Whether the matrices are of 8-bit integers.</summary>
    public bool IsQuantized { get; }

    /// <summary>The number of bytes of the weights.</summary>
    public long Bytes => IsQuantized ? QuantizedWeights.BytesOf(Shape) : Shape.ParameterCount * sizeof(float);

    /// <summary>The tensors that the file must have. Nothing of the network's size is allocated.</summary>
    public IEnumerable<WeightDescription> Tensors => WeightDescription.Of(Shape, IsQuantized).Select(tensor => tensor with { Name = prefix + tensor.Name });

    /// <summary>Allocates the weights: the tensors to fill by their names in the file, and what makes a network of them.</summary>
    public (IEnumerable<(string Name, WeightTensor Tensor)> Tensors, Func<Network> Create) Prepare()
    {
        if (IsQuantized)
        {
            var weights = new QuantizedWeights(Shape);
            return (Named(WeightTensor.Of(weights)), () => new Network(weights));
        }
        else
        {
            var weights = new NetworkWeights(Shape);
            return (Named(WeightTensor.Of(weights)), () => new Network(weights, Network.GreatestInputTable));
        }
    }

    private IEnumerable<(string Name, WeightTensor Tensor)> Named(IEnumerable<WeightTensor> tensors) => tensors.Select(tensor => (prefix + tensor.Name, tensor));
}

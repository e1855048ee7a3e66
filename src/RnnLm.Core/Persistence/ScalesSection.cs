using RnnLm.Networks;
using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>
/// The scales of gradients that dynamic evaluation divides by, as a model file holds them: <c>dynamic_evaluation.scales</c>, 32-bit floating point, has a factor for each
/// row and then one for each column of every tensor of the network, in their order.
/// </summary>
internal sealed class ScalesSection
{
    private const string Name = "dynamic_evaluation.scales";

    private readonly NetworkShape shape;
    private readonly float[] values;

    private ScalesSection(NetworkShape shape, TensorEntry tensor)
    {
        this.shape = shape;
        var length = ShapesOf(shape).Sum(shape => (long)shape.Rows + shape.Columns);
        ModelFileReader.CheckTensor(tensor, TensorEntry.Float32, [length]);
        values = new float[length];
        Tensor = new ArrayTensor<float>(Name, TensorEntry.Float32, values);
    }

    /// <summary>The tensor to fill.</summary>
    public WeightTensor Tensor { get; }

    /// <summary>Finds scales in a file, and allocates what they take.</summary>
    /// <param name="header">The file's header.</param>
    /// <param name="shape">The sizes of the model's network.</param>
    /// <returns>Null where there are none.</returns>
    /// <exception cref="ModelFormatException">There are not as many as the network has.</exception>
    public static ScalesSection? Find(SafetensorsHeader header, NetworkShape shape)
        => header.Tensors.TryGetValue(Name, out var tensor) ? new ScalesSection(shape, tensor) : null;

    /// <summary>Scales as a tensor, to be written.</summary>
    public static WeightTensor Of(GradientScales scales)
        => new ArrayTensor<float>(Name, TensorEntry.Float32, [.. scales.Tensors.SelectMany(tensor => tensor.Rows.ToArray().Concat(tensor.Columns.ToArray()))]);

    /// <summary>The scales, when the tensor has been filled.</summary>
    /// <exception cref="ArgumentException">One is not a finite number from 0.</exception>
    public GradientScales Create()
    {
        var (tensors, start) = (new List<TensorScales>(), 0);
        foreach (var tensor in ShapesOf(shape))
        {
            tensors.Add(new TensorScales(tensor.Name, values.AsMemory(start, tensor.Rows), values.AsMemory(start + tensor.Rows, tensor.Columns)));
            start += tensor.Rows + tensor.Columns;
        }
        return new GradientScales(tensors);
    }

    private static IEnumerable<TensorShape> ShapesOf(NetworkShape shape) => shape.Tensors.InOrder(matrix => matrix, vector => vector);
}

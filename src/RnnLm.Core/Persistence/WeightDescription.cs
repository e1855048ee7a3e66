using RnnLm.Safetensors;

namespace RnnLm.Persistence;

/// <summary>What a model file's header says of one tensor of a network's weights.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The type of its values.</param>
/// <param name="Shape">Its sizes.</param>
internal sealed record WeightDescription(string Name, string Type, long[] Shape)
{
    /// <summary>A matrix or a vector in single precision.</summary>
    public static WeightDescription OfSinglePrecision(string name, int rows, int columns)
        => new(name, TensorEntry.Float32, columns == 1 ? [rows] : [rows, columns]);

    /// <summary>The integers of a quantised matrix.</summary>
    public static WeightDescription OfLevels(string name, int rows, int columns) => new(name, TensorEntry.Int8, [rows, columns]);

    /// <summary>The scales of a quantised matrix.</summary>
    public static WeightDescription OfScales(string name, int rows) => new($"{name}.scales", TensorEntry.Float32, [rows]);

    /// <summary>Every tensor of the weights of a network, in no particular order. Nothing of the network's size is allocated.</summary>
    public static IEnumerable<WeightDescription> Of(NetworkShape shape, bool isQuantized)
    {
        var tensors = shape.Tensors;
        foreach (var vector in tensors.Vectors) yield return OfSinglePrecision(vector.Name, vector.Rows, vector.Columns);
        foreach (var matrix in tensors.Matrices)
        {
            if (isQuantized)
            {
                yield return OfScales(matrix.Name, matrix.Rows);
                yield return OfLevels(matrix.Name, matrix.Rows, matrix.Columns);
            }
            else
            {
                yield return OfSinglePrecision(matrix.Name, matrix.Rows, matrix.Columns);
            }
        }
    }
}

namespace RnnLm.Persistence;

/// <summary>A parameter in single precision.</summary>
internal sealed class SinglePrecisionTensor(NetworkParameter parameter)
    : ArrayTensor<float>(WeightDescription.OfSinglePrecision(parameter.Name, parameter.Rows, parameter.Columns), parameter.Values);

namespace RnnLm.PyTorch;

/// <summary>One tensor of a state_dict.</summary>
/// <param name="Name">Its name, such as <c>rnn.weight_ih_l0</c>.</param>
/// <param name="Shape">Its sizes: two of a matrix, one of a vector.</param>
/// <param name="Values">Its values in row-major order.</param>
internal sealed record StateDictTensor(string Name, long[] Shape, float[] Values);

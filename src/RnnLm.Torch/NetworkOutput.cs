using static TorchSharp.torch;

namespace RnnLm.Torch;

/// <summary>What a network computes of a window.</summary>
/// <param name="Logits">The logits: <c>[length * batch, vocabulary]</c>.</param>
/// <param name="Hidden">What the last recurrent layer puts out: <c>[length, batch, size]</c>.</param>
/// <param name="Dropped">The same after dropout, as the output layer reads it.</param>
/// <param name="States">The state of every layer after the last step.</param>
internal readonly record struct NetworkOutput(Tensor Logits, Tensor Hidden, Tensor Dropped, LayerState[] States);

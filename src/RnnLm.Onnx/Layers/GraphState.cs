namespace RnnLm.Onnx.Layers;

/// <summary>The state of a layer in a graph.</summary>
/// <param name="Hidden">The hidden state: <c>[batch, output]</c>.</param>
/// <param name="Memory">The memory of cells that have one: <c>[batch, hidden]</c>; null of others.</param>
internal sealed record GraphState(string Hidden, string? Memory);

/// <summary>What a layer makes of its input in a graph.</summary>
/// <param name="Hidden">The hidden state after each step: <c>[steps, batch, output]</c>.</param>
/// <param name="State">The state after the last.</param>
internal sealed record GraphLayerOutput(string Hidden, GraphState State);

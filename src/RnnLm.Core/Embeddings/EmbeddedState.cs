namespace RnnLm;

/// <summary>Which of a layer's states an embedding is made of.</summary>
public enum EmbeddedState
{
    /// <summary>The hidden state, which the layer above or the output layer reads; projected where it is.</summary>
    Output,

    /// <summary>The cell state, which LSTMs and CIFGs have.</summary>
    Cell,
}

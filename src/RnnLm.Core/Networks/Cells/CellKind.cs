namespace RnnLm;

/// <summary>The recurrent cell of a network.</summary>
public enum CellKind
{
    /// <summary><c>h = tanh(W_x x + W_h h' + b)</c> (Elman 1990; Mikolov 2010).</summary>
    Elman,

    /// <summary><c>h = max(0, W_x x + W_h h' + b)</c> (Le, Jaitly and Hinton 2015).</summary>
    Relu,

    /// <summary>Long short-term memory, gates in the order <c>i f g o</c> (Hochreiter and Schmidhuber 1997; Gers 2000).</summary>
    Lstm,

    /// <summary>Gated recurrent unit in cuDNN's form, gates in the order <c>r z n</c> (Cho 2014).</summary>
    Gru,

    /// <summary>
    /// Long short-term memory with coupled input and forget gate, <c>i = 1 − f</c>: three gates in the order <c>f g o</c>, so three quarters of an
    /// <see cref="Lstm"/>'s weights and work (Greff et al. 2017, "LSTM: A search space odyssey").
    /// </summary>
    Cifg,
}

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
}

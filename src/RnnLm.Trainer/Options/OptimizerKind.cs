namespace RnnLm;

/// <summary>How gradients become updates.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent; its learning rate is annealed when validation stops improving.</summary>
    Sgd,

    /// <summary>Adam (Kingma and Ba 2015).</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    AdamW,
}

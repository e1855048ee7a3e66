using RnnLm.Faults;

namespace RnnLm;

/// <summary>An optimizer by adaptive estimates of the gradient's first two moments (Kingma and Ba 2015): <see cref="Adam"/> or <see cref="AdamW"/>.</summary>
public abstract class AdaptiveMomentOptimizer : Optimizer
{
    private protected AdaptiveMomentOptimizer()
        : base(learningRate: 0.002)
    {
    }

    /// <summary>The decay rate <c>β₁</c> of the first moment, a running mean of the gradient; from 0 to below 1.</summary>
    /// <value>The default is 0.9.</value>
    public double Beta1
    {
        get => values.Get<double>(0.9);
        set => values.Put(value);
    }

    /// <summary>The decay rate <c>β₂</c> of the second moment, a running mean of the squared gradient; above 0 and below 1.</summary>
    /// <value>The default is 0.999.</value>
    public double Beta2
    {
        get => values.Get<double>(0.999);
        set => values.Put(value);
    }

    /// <summary>What is added to the second moment's root, <c>ε</c>, which bounds the step where the gradient is small; from 1e-30 on.</summary>
    /// <value>The default is 1e-8.</value>
    public double Epsilon
    {
        get => values.Get<double>(1e-8);
        set => values.Put(value);
    }

    internal override void AddFaults(OptionFaults faults)
    {
        base.AddFaults(faults);
        faults.RequireFinite(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "from 0 to below 1");
        faults.RequireFinite(Beta2 is > 0 and < 1, nameof(Beta2), Beta2, "above 0 and below 1");
        faults.RequireFinite(Epsilon is >= 1e-30 and <= 1e30, nameof(Epsilon), Epsilon, "from 1E-30 to 1E+30");
    }

    internal override IEnumerable<(string Name, string Value)> Describe() =>
    [
        .. base.Describe(),
        ("beta1", Invariant($"{Beta1}")),
        ("beta2", Invariant($"{Beta2}")),
        ("epsilon", Invariant($"{Epsilon}")),
    ];
}

using TorchSharp.Modules;

namespace RnnLm.Torch;

/// <summary>How gradients change parameters, as the managed engine does it: TorchSharp's own optimizers hand libtorch numbers that they do not keep (<see cref="Numbers"/>).</summary>
internal abstract class TorchUpdate : IDisposable
{
    /// <summary>That of an optimizer.</summary>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="parameters">What it changes.</param>
    public static TorchUpdate Of(Optimizer optimizer, Parameter[] parameters) => optimizer switch
    {
        Sgd sgd => new TorchSgdUpdate(parameters, sgd.WeightDecay),
        Adam adam => new TorchAdamUpdate(parameters, adam, isDecayDecoupled: false),
        AdamW adamW => new TorchAdamUpdate(parameters, adamW, isDecayDecoupled: true),
        _ => throw new InvalidOperationException($"The optimizer {optimizer.GetType().Name} is unknown."),
    };

    /// <summary>Changes the parameters by their gradients, which it may change too.</summary>
    public abstract void Apply(double learningRate);

    /// <summary>Sets the decay rate <c>β₁</c> of the first moment for the updates to come.</summary>
    /// <exception cref="NotSupportedException">There is no such moment.</exception>
    public virtual void UseBeta1(double beta1) => throw new NotSupportedException("The optimizer has no first moment, whose decay rate could be set.");

    /// <summary>Saves what it keeps from update to update; nothing, where it keeps nothing.</summary>
    public virtual void Save(TrainingState state)
    {
    }

    /// <summary>Goes on from what another, for parameters of the same sizes, has saved.</summary>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    public virtual void Restore(TrainingState state)
    {
    }

    public virtual void Dispose()
    {
    }
}

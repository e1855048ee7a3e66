using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// Synchronous gradients: every update is by the gradient of all ranks' windows together, as by one window with <c>ranks × <see cref="TrainingOptions.BatchSize"/></c> streams. All gradients
/// cross the network for every window, so it is for few machines and a fast network.
/// </summary>
public sealed class GradientSynchronization : Synchronization
{
    internal override string Describe(int ranks) => "gradients of every window";

    internal override SharedSession Begin(ManagedSession own, SharedTraining training, NetworkWeights initial) => new GradientSession(own, training);
}

using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>How the ranks of a training keep together: <see cref="GradientSynchronization"/> or <see cref="LocalSteps"/>.</summary>
public abstract class Synchronization
{
    private protected Synchronization()
    {
    }

    /// <summary>It in the name of an engine.</summary>
    internal abstract string Describe(int ranks);

    /// <summary>Everything that is out of range, a sentence each.</summary>
    internal virtual IEnumerable<string> Faults => [];

    /// <summary>Begins to train.</summary>
    /// <param name="own">This rank's copy of the network.</param>
    /// <param name="training">The training.</param>
    /// <param name="initial">The weights to begin with.</param>
    internal abstract SharedSession Begin(ManagedSession own, SharedTraining training, NetworkWeights initial);

    internal Synchronization Clone() => (Synchronization)MemberwiseClone();
}

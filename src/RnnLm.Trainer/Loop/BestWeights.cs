namespace RnnLm.Training;

/// <summary>Keeps the weights with the lowest cross-entropy of those it has been offered.</summary>
internal sealed class BestWeights(NetworkShape shape)
{
    private const string EpochName = "epoch";
    private const string CrossEntropyName = "cross_entropy";
    private const string WeightsName = "weights";
    private const string HasWeightsName = "has_weights";
    private const string InitialCrossEntropyName = "initial_cross_entropy";

    private double crossEntropy = double.PositiveInfinity;
    private NetworkWeights? spare;

    public NetworkWeights? Weights { get; private set; }

    /// <summary>The epoch the weights are of; 0 where there are none, or they are those of the model that training goes on from.</summary>
    public int Epoch { get; private set; }

    /// <summary>The cross-entropy of the model that training goes on from; null where there is none, or it is not known.</summary>
    public double? InitialCrossEntropy { get; set; }

    /// <summary>
    /// Keeps a session's weights where they are better than those kept, or none are kept yet. Weights whose cross-entropy is not
    /// known are worse than any other.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="epoch">The epoch they are of.</param>
    /// <param name="offered">Their cross-entropy; null where it is not known.</param>
    /// <param name="isBest">Whether they are to be kept whatever it is.</param>
    /// <exception cref="NotFiniteNumberException">The weights would have been kept, but are not all finite.</exception>
    public bool Offer(ITrainingSession session, int epoch, double? offered, bool isBest = false)
    {
        if (!isBest && Weights is not null && !(offered < crossEntropy)) return false;

        // Into a second set, so that a session that fails half-way does not spoil the first.
        var candidate = spare ?? new NetworkWeights(shape);
        session.ReadWeights(candidate);
        foreach (var parameter in candidate.Parameters)
        {
            if (!parameter.IsFinite) throw new NotFiniteNumberException($"the weights of {parameter.Name} are not all finite");
        }
        (Weights, spare) = (candidate, Weights);
        Epoch = epoch;
        crossEntropy = offered ?? double.PositiveInfinity;
        return true;
    }

    public void Save(TrainingState state)
    {
        state.Set(EpochName, Epoch);
        state.Set(CrossEntropyName, crossEntropy);
        state.Set(HasWeightsName, Weights is null ? 0 : 1);
        if (InitialCrossEntropy is { } initial) state.Set(InitialCrossEntropyName, initial);
        Weights?.Save(state.Part(WeightsName));
    }

    public void Restore(TrainingState state)
    {
        Epoch = (int)Math.Min(state.GetWhole(EpochName), int.MaxValue);
        crossEntropy = state.Get(CrossEntropyName);
        if (!(crossEntropy >= 0)) throw new InvalidDataException(Invariant($"The best cross-entropy is {crossEntropy}; it must be at least 0."));
        InitialCrossEntropy = state.Has(InitialCrossEntropyName) ? state.Get(InitialCrossEntropyName) : null;
        if (state.Get(HasWeightsName) == 0) return;
        Weights = new NetworkWeights(shape);
        Weights.Restore(state.Part(WeightsName));
    }
}

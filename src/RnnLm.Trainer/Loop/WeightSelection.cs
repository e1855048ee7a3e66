namespace RnnLm.Training;

/// <summary>Decides which weights of a run are worth keeping, and whether the run is lost.</summary>
/// <param name="shape">The network's sizes.</param>
/// <param name="sample">A little of the corpus: no loss of training has been measured with the weights that the last step made.</param>
internal sealed class WeightSelection(NetworkShape shape, ValidationText sample)
{
    private const string LastLoss = "last_loss";

    private readonly BestWeights best = new(shape);
    private readonly Sense sense = new(shape.VocabularySize);
    private LearningEvidence evidence = new(double.NaN);
    private double lastLoss; // of a word, with the weights looked at last

    /// <summary>The best weights; null where there are none.</summary>
    public NetworkWeights? Weights => best.Weights;

    /// <summary>The epoch they are of; 0 where there are none, or they are those of the model that training goes on from.</summary>
    public int Epoch => best.Epoch;

    /// <summary>The cross-entropy of the model that training goes on from; null where there is none, or it is not known.</summary>
    public double? InitialCrossEntropy => best.InitialCrossEntropy;

    /// <summary>Whether the weights looked at last make sense.</summary>
    public bool MadeSense => sense.Holds(lastLoss);

    /// <summary>Why they do not.</summary>
    public string WhyNot => sense.WhyNot(lastLoss);

    /// <summary>Looks at the weights that the run begins with.</summary>
    public void Begin(ITrainingSession session) => evidence = new LearningEvidence(LossOfSample(session));

    /// <summary>Keeps the weights of the model that training goes on from, where they make sense, until an epoch is better.</summary>
    /// <param name="session">The session, which has trained nothing yet.</param>
    /// <param name="crossEntropy">The mean loss of a word of the validation text.</param>
    public void OfferInitialModel(ITrainingSession session, double crossEntropy)
    {
        best.InitialCrossEntropy = crossEntropy;
        if (sense.Holds(crossEntropy)) best.Offer(session, 0, crossEntropy);
    }

    /// <summary>Whether a session's weights are better than those that the run began with.</summary>
    public bool HasLearned(ITrainingSession session)
    {
        lastLoss = LossOfSample(session);
        return evidence.IsOf(lastLoss);
    }

    /// <summary>Keeps a session's weights where they are the best, and make sense.</summary>
    /// <param name="session">The session.</param>
    /// <param name="epoch">The epoch they are of.</param>
    /// <param name="validationLoss">The mean loss of a word of the validation text; null where it is not known.</param>
    /// <param name="crossEntropy">What epochs are compared by; null where it is not known.</param>
    /// <param name="isBest">Whether they are the best whatever that is.</param>
    public bool Offer(ITrainingSession session, int epoch, double? validationLoss, double? crossEntropy, bool isBest)
    {
        lastLoss = validationLoss ?? LossOfSample(session);
        return MadeSense && best.Offer(session, epoch, crossEntropy, isBest);
    }

    /// <summary>Keeps the weights of an epoch that will not end, where there are no others: they are worth it only then.</summary>
    public bool Rescue(ITrainingSession session, int epoch) => best.Weights is null && best.Offer(session, epoch, null);

    /// <summary>Throws where the run is lost after one more epoch.</summary>
    /// <exception cref="NotFiniteNumberException">It is.</exception>
    public void ThrowIfLost()
    {
        if (sense.IsLostAfter(lastLoss)) throw new NotFiniteNumberException(WhyNot);
    }

    public void Save(TrainingState state)
    {
        state.Set(LastLoss, lastLoss);
        sense.Save(state.Part("sense"));
        evidence.Save(state.Part("evidence"));
        best.Save(state.Part("best"));
    }

    public void Restore(TrainingState state)
    {
        lastLoss = state.Get(LastLoss);
        sense.Restore(state.Part("sense"));
        evidence = LearningEvidence.Restore(state.Part("evidence"));
        best.Restore(state.Part("best"));
    }

    private double LossOfSample(ITrainingSession session)
    {
        try
        {
            return sample.CrossEntropy(session, CancellationToken.None);
        }
        catch (NotFiniteNumberException)
        {
            return double.NaN;
        }
    }
}

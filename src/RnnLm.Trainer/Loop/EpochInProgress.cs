namespace RnnLm.Training;

/// <summary>The epoch that is being trained.</summary>
/// <param name="targetCount">The number of words of an epoch.</param>
internal sealed class EpochInProgress(long targetCount)
{
    private TimeSpan begin;
    private double loss;
    private TimeSpan trainingTime;

    /// <summary>The epoch, from 1.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>The windows trained.</summary>
    public int Windows { get; private set; }

    /// <summary>The words trained on.</summary>
    public long Words { get; private set; }

    /// <summary>How long it took to validate it.</summary>
    public TimeSpan ValidationTime { get; set; }

    /// <summary>Whether it has its result, so that the next one is to begin.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether every word has been trained on.</summary>
    public bool IsWhole => Words == targetCount;

    /// <summary>The share of its words that have been trained on.</summary>
    public double Share => (double)Words / targetCount;

    /// <summary>The mean loss of a word in training.</summary>
    public double MeanLoss => loss / Words;

    /// <summary>Words trained on a second.</summary>
    public double WordsPerSecond => trainingTime > TimeSpan.Zero ? Words / trainingTime.TotalSeconds : 0;

    /// <summary>Begins to train, or goes on.</summary>
    /// <param name="elapsed">The time since the run began.</param>
    public void Begin(TimeSpan elapsed) => begin = elapsed - trainingTime;

    /// <summary>Adds a window.</summary>
    /// <param name="windowLoss">The sum of its losses.</param>
    /// <param name="words">The number of its words.</param>
    /// <param name="elapsed">The time since the run began.</param>
    public void Add(double windowLoss, int words, TimeSpan elapsed)
    {
        Windows++;
        loss += windowLoss;
        Words += words;
        trainingTime = elapsed - begin;
    }

    /// <summary>Ends it.</summary>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="validationLoss">The mean loss of a word of the validation text; null where it is not known.</param>
    /// <param name="context">Which measure that is; null where it is not known.</param>
    /// <param name="isBest">Whether its weights are the best until now.</param>
    public EpochResult Complete(double learningRate, double? validationLoss, EvaluationContext? context, bool isBest)
    {
        var result = new EpochResult
        {
            Epoch = Number,
            Share = Share,
            Words = Words,
            TrainingPerplexity = Math.Exp(MeanLoss),
            ValidationPerplexity = validationLoss is { } crossEntropy ? Math.Exp(crossEntropy) : null,
            ValidationContext = context,
            LearningRate = learningRate,
            TrainingTime = trainingTime,
            ValidationTime = ValidationTime,
            IsBest = isBest,
        };
        (Windows, Words, loss, trainingTime, ValidationTime) = (0, 0, 0, default, default);
        IsComplete = true;
        return result;
    }

    /// <summary>Goes over to the next one.</summary>
    public void Next()
    {
        Number++;
        IsComplete = false;
    }

    public void Save(TrainingState state)
    {
        state.Set("number", Number);
        state.Set("is_complete", IsComplete ? 1 : 0);
        state.Set("windows", Windows);
        state.Set("words", Words);
        state.Set("loss", loss);
        state.Set("training_ticks", trainingTime.Ticks);
    }

    public void Restore(TrainingState state)
    {
        Number = (int)Math.Min(state.GetWhole("number", least: 1), int.MaxValue - 1);
        IsComplete = state.Get("is_complete") != 0;
        Windows = (int)Math.Min(state.GetWhole("windows"), int.MaxValue);
        Words = state.GetWhole("words");
        loss = state.Get("loss");
        trainingTime = TimeSpan.FromTicks(state.GetWhole("training_ticks"));
    }
}

namespace RnnLm.Training;

/// <summary>The epoch that is being trained, window after window.</summary>
/// <param name="source">Gives the windows.</param>
/// <param name="window">The window that is filled again and again.</param>
internal sealed class EpochInProgress(IWindowSource source, Window window)
{
    private TimeSpan begin;
    private double loss;
    private TimeSpan trainingTime;

    /// <summary>The window filled last.</summary>
    public Window Window => window;

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
    public bool IsWhole => Words == source.TargetCount;

    /// <summary>The share of its words that have been trained on.</summary>
    public double Share => (double)Words / source.TargetCount;

    /// <summary>The sum of the losses of its words in training.</summary>
    public double Loss => loss;

    /// <summary>The mean loss of a word in training.</summary>
    public double MeanLoss => loss / Words;

    /// <summary>Words trained on a second.</summary>
    public double WordsPerSecond => trainingTime > TimeSpan.Zero ? Words / trainingTime.TotalSeconds : 0;

    /// <summary>Begins to train, or goes on where it was broken off.</summary>
    /// <param name="elapsed">The time since the run began.</param>
    public void Begin(TimeSpan elapsed)
    {
        begin = elapsed - trainingTime;
        if (Windows == 0) source.Begin(Number);
    }

    /// <summary>Fills the window with what comes next; false where there is nothing more.</summary>
    public bool Fill() => source.Fill(window);

    /// <summary>Adds the window, which has been trained.</summary>
    /// <param name="windowLoss">The sum of its losses.</param>
    /// <param name="elapsed">The time since the run began.</param>
    public void Add(double windowLoss, TimeSpan elapsed)
    {
        Windows++;
        loss += windowLoss;
        Words += window.SharedTargetCount;
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
        if (IsComplete && (Windows > 0 || Words > 0)) throw new InvalidDataException(Invariant($"Epoch {Number} is complete and has {Windows:N0} windows trained; it must have none."));
        trainingTime = TimeSpan.FromTicks(state.GetWhole("training_ticks"));
        if (Windows > 0) SkipTrainedWindows();
    }

    private void SkipTrainedWindows()
    {
        source.Begin(Number);
        var skipped = 0L;
        for (var filled = 0; filled < Windows && Fill(); filled++) skipped += window.SharedTargetCount;
        if (skipped != Words) throw new InvalidDataException(Invariant($"{Windows:N0} windows of epoch {Number} have {skipped:N0} words; {Words:N0} are said to be trained."));
    }
}

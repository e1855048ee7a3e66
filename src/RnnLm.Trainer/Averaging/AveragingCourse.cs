namespace RnnLm.Training;

/// <summary>The average of weights in the course of a run: when they are averaged, and how much they count.</summary>
/// <param name="interval">How many windows there are from one average to the next.</param>
internal abstract class AveragingCourse(int interval)
{
    private long averaged; // how often
    private long windows; // since averaging has begun

    /// <summary>Whether there is an average.</summary>
    public bool IsActive => averaged > 0;

    /// <summary>Whether the weights that follow are averaged.</summary>
    protected bool HasBegun { get; private set; }

    /// <summary>Whether it has yet to begin, so that an epoch without improvement says nothing of what a run comes to.</summary>
    public bool IsAwaited => !HasBegun;

    /// <summary>Goes on after a window. Gives the share of the average that the weights are to have that it made, or null where they are not averaged.</summary>
    /// <param name="done">The share of the run that is done, from 0 to 1.</param>
    public double? WindowTrained(double done)
    {
        if (!HasBegun && IsToBegin(done)) HasBegun = true;
        return HasBegun && windows++ % interval == 0 ? ShareOf(++averaged, interval) : null;
    }

    /// <summary>Goes on after an epoch.</summary>
    /// <param name="crossEntropy">The mean loss of a word of the validation text.</param>
    public void EpochValidated(double crossEntropy)
    {
        if (!HasBegun && IsToBeginAfter(crossEntropy)) HasBegun = true;
    }

    /// <summary>Begins anew with the weights that follow, if it has begun: what it was of is gone.</summary>
    public void Restart() => averaged = windows = 0;

    public virtual void Save(TrainingState state)
    {
        state.Set("has_begun", HasBegun ? 1 : 0);
        state.Set("averaged", averaged);
        state.Set("windows", windows);
    }

    public virtual void Restore(TrainingState state)
    {
        HasBegun = state.Get("has_begun") != 0;
        averaged = state.GetWhole("averaged");
        windows = state.GetWhole("windows");
    }

    /// <summary>Whether averaging begins now.</summary>
    protected virtual bool IsToBegin(double done) => false;

    /// <summary>Whether averaging begins after an epoch.</summary>
    protected virtual bool IsToBeginAfter(double crossEntropy) => false;

    /// <summary>What share of the average the weights have that are the n-th to be averaged; 1 of the first.</summary>
    protected abstract double ShareOf(long n, int interval);
}

using RnnLm.Numerics;
using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// A network in training on several ranks: this rank's copy of it, and what keeps the copies together. Every rank's loop calls the same methods in the same order, so
/// each of them may exchange messages.
/// </summary>
/// <param name="own">This rank's copy.</param>
/// <param name="training">The training.</param>
internal abstract class SharedSession(ManagedSession own, SharedTraining training) : ITrainingSession
{
    // A text of fewer words for each rank is read by one.
    private const int LeastShare = 2000;

    // Before its share of one stream a rank reads so many words, from which its state comes.
    private const int WordsBefore = 500;

    private const string AverageName = "has_average";
    private const string PendingName = "has_average_apart";

    private bool hasAverage;
    private bool isAverageApart; // of this rank's weights alone, until it is looked at
    private bool isDisposed;

    /// <summary>This rank's copy.</summary>
    protected ManagedSession Own => own;

    /// <summary>The training.</summary>
    protected SharedTraining Training => training;

    /// <summary>The ranks.</summary>
    protected Communicator Communicator => training.Communicator;

    public WindowResult Train(Window window, double learningRate) => Guard(() => TrainTogether(window, learningRate));

    public void UseBeta1(double beta1) => own.UseBeta1(beta1);

    public WindowResult ComputeGradients(Window window, NetworkWeights gradients)
        => throw new NotSupportedException("Gradients of several ranks are not computed without learning from them.");

    public double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken)
    {
        // All ranks know it, or none; what has begun is brought to its end by all.
        cancellationToken.ThrowIfCancellationRequested();
        return Guard(() =>
        {
            Join();
            return SumOf(ids.Length >= LeastShare * Communicator.Count ? LossOfShare(ids) : Communicator.Rank == 0 ? own.Evaluate(ids, CancellationToken.None) : 0);
        });
    }

    public double EvaluateApart(IReadOnlyList<ReadOnlyMemory<int>> streams, CancellationToken cancellationToken)
    {
        if (streams.Count == 1) return Evaluate(streams[0], cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return Guard(() =>
        {
            Join();
            var share = Math.Max(1, (streams.Sum(stream => (long)stream.Length) - 1) / Communicator.Count + 1);
            var (words, loss) = (0L, 0.0);
            foreach (var stream in streams)
            {
                if (words / share == Communicator.Rank) loss += own.Evaluate(stream, CancellationToken.None);
                words += stream.Length;
            }
            return SumOf(loss);
        });
    }

    public void ReadWeights(NetworkWeights destination) => Guard(() =>
    {
        Join();
        own.ReadWeights(destination);
        return true;
    });

    public void AverageWeights(double share)
    {
        own.AverageWeights(share);
        (hasAverage, isAverageApart) = (true, true);
    }

    public void WriteWeights(NetworkWeights source) => Guard(() =>
    {
        Join();
        own.WriteWeights(source);
        (hasAverage, isAverageApart) = (false, false);
        Restart(source);
        return true;
    });

    public bool SaveState(TrainingState state) => Guard(() =>
    {
        RankStates.Save(Communicator, state, SaveOwn);
        return true;
    });

    public void RestoreState(TrainingState state) => Guard(() =>
    {
        RestoreOwn(RankStates.Of(Communicator.Rank, state));
        return true;
    });

    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        own.Dispose();
        training.End();
    }

    /// <summary>As <see cref="Train"/>.</summary>
    protected abstract WindowResult TrainTogether(Window window, double learningRate);

    /// <summary>Makes the weights of all ranks the same, where they are not.</summary>
    protected abstract void JoinWeights();

    /// <summary>Goes on from weights that all ranks have taken.</summary>
    protected virtual void Restart(NetworkWeights weights)
    {
    }

    /// <summary>Saves what this rank goes on from.</summary>
    protected virtual void SaveOwn(TrainingState state)
    {
        own.SaveState(state.Part("network"));
        state.Set(AverageName, hasAverage ? 1 : 0);
        state.Set(PendingName, isAverageApart ? 1 : 0);
    }

    /// <summary>Goes on from there.</summary>
    protected virtual void RestoreOwn(TrainingState state)
    {
        own.RestoreState(state.Part("network"));
        hasAverage = state.Get(AverageName) != 0;
        isAverageApart = state.Get(PendingName) != 0;
    }

    // The mean of averages is the average of means.
    private void Join()
    {
        JoinWeights();
        if (!hasAverage || !isAverageApart) return;
        own.ChangeAverage(average =>
        {
            foreach (var parameter in average.Parameters) Communicator.Average(parameter.Values);
        });
        isAverageApart = false;
    }

    private double LossOfShare(ReadOnlyMemory<int> ids)
    {
        var (start, count) = Partition.Share(ids.Length, Communicator.Rank, Communicator.Count);
        var before = Math.Min(start, WordsBefore);
        var loss = own.Evaluate(ids[(start - before)..(start + count)], CancellationToken.None);
        return before == 0 ? loss : loss - own.Evaluate(ids[(start - before)..start], CancellationToken.None);
    }

    private double SumOf(double loss) => training.Agree(loss).Sum(rank => rank[0]);

    // What fails here fails here alone: the others are told, and do not wait.
    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch
        {
            Communicator.Break();
            throw;
        }
    }
}

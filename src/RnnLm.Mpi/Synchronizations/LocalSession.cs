using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>
/// Learns from this rank's windows alone for some windows, and then moves the weights of all ranks from where they were before towards the mean of what they have come
/// to. The optimizers' moments stay each rank's own.
/// </summary>
internal sealed class LocalSession : SharedSession
{
    private const string WindowsName = "windows";
    private const string LossName = "loss";
    private const string WordsName = "words";
    private const string MeanName = "mean";
    private const string FailedName = "failed";
    private const string GlobalName = "global";
    private const string VelocityName = "velocity";

    private readonly LocalSteps steps;
    private readonly float rate;
    private readonly float momentum;
    private readonly NetworkWeights global; // the weights of all ranks when they were the same last
    private readonly NetworkWeights? velocity; // of the steps from there to there; null without momentum
    private int windows; // since then
    private double loss; // of this rank's words since then
    private long words; // of all ranks since then
    private double mean; // the loss of a word of all ranks before then, by which that of the words since then is guessed
    private bool hasFailed; // whether a loss or a gradient has not been finite

    public LocalSession(ManagedSession own, SharedTraining training, LocalSteps steps, NetworkWeights initial)
        : base(own, training)
    {
        this.steps = steps;
        rate = (float)steps.OuterLearningRate;
        momentum = (float)steps.MomentumFor(training.Communicator.Count);
        mean = Math.Log(initial.Shape.VocabularySize);
        global = initial.Clone();
        velocity = momentum == 0 ? null : new NetworkWeights(initial.Shape);
    }

    protected override WindowResult TrainTogether(Window window, double learningRate)
    {
        // Otherwise it would be found out only when weights are brought together.
        Communicator.ThrowIfLeft();
        // A rank that has diverged waits for the others to hear of it.
        var result = hasFailed ? default : Own.Train(window, learningRate);
        if (!result.IsFinite) (hasFailed, result) = (true, default);
        loss += result.Loss;
        // Of the other ranks' words nothing is known yet, and all ranks are to tell the same.
        var guessed = mean * words;
        words += window.SharedTargetCount;
        if (++windows < steps.LocalWindows && !Training.Windows.IsAtEnd) return result with { Loss = mean * words - guessed };
        return Synchronize() is { } all ? new WindowResult(all - guessed, result.GradientNorm) : new WindowResult(double.NaN, double.NaN);
    }

    protected override void JoinWeights()
    {
        if (windows > 0 && Synchronize() is null) throw new NotFiniteNumberException("the loss or the gradient of a rank is not finite");
    }

    protected override void Restart(NetworkWeights weights)
    {
        weights.CopyTo(global);
        foreach (var parameter in velocity?.Parameters ?? []) parameter.Values.AsSpan().Clear();
    }

    protected override void SaveOwn(TrainingState state)
    {
        base.SaveOwn(state);
        state.Set(WindowsName, windows);
        state.Set(LossName, loss);
        state.Set(WordsName, words);
        state.Set(MeanName, mean);
        state.Set(FailedName, hasFailed ? 1 : 0);
        global.Save(state.Part(GlobalName));
        velocity?.Save(state.Part(VelocityName));
    }

    protected override void RestoreOwn(TrainingState state)
    {
        base.RestoreOwn(state);
        windows = (int)Math.Min(state.GetWhole(WindowsName), int.MaxValue - 1);
        loss = state.Get(LossName);
        words = state.GetWhole(WordsName);
        mean = state.Get(MeanName);
        hasFailed = state.Get(FailedName) != 0;
        global.Restore(state.Part(GlobalName));
        velocity?.Restore(state.Part(VelocityName));
    }

    /// <summary>Makes the weights of all ranks the same.</summary>
    /// <returns>The sum of the losses of the words of all ranks since they were; null where one is not finite.</returns>
    private double? Synchronize()
    {
        var ranks = Training.Agree(loss, hasFailed ? 1 : 0);
        if (ranks.Any(rank => rank[1] != 0)) return null;
        Own.ChangeWeights(Move);
        var all = ranks.Sum(rank => rank[0]);
        if (words > 0) mean = all / words;
        (windows, loss, words) = (0, 0, 0);
        return all;
    }

    private void Move(NetworkWeights weights)
    {
        var velocities = velocity?.Parameters.Select(parameter => parameter.Values).ToArray();
        foreach (var (index, (own, from)) in weights.Parameters.Zip(global.Parameters).Index())
        {
            Communicator.Average(own.Values);
            OuterStep.Move(from.Values, own.Values, velocities?[index] ?? [], rate, momentum);
            own.Values.CopyTo(from.Values.AsSpan());
        }
    }
}

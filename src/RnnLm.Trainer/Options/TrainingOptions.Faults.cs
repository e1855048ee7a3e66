using RnnLm.Faults;

namespace RnnLm;

// What is out of range.
public sealed partial class TrainingOptions
{
    private const int MaximumLayers = 16;
    private const int MaximumSize = 16_384;
    private const int MaximumThreads = 1_024;
    private const long MaximumWordsInWindow = 16_777_216;
    private const double MaximumForgetBias = 20; // the gate is then open within the rounding of a float
    private const string OnlyOfStreams = "false where BatchMode is not Streams";

    /// <summary>Throws where an option is out of range, naming every fault at once.</summary>
    /// <exception cref="TrainingOptionsException">One or more options are out of range.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        AddFaults(faults);
        faults.ThrowIfAny(all => new TrainingOptionsException(all));
    }

    /// <summary>Throws where an option that has options of its own is null.</summary>
    internal void RequireParts()
    {
        var faults = new OptionFaults();
        faults.RequireGiven(Regularization, nameof(Regularization));
        faults.RequireGiven(Softmax, nameof(Softmax));
        faults.RequireGiven(Optimizer, nameof(Optimizer));
        faults.RequireGiven(Schedule, nameof(Schedule));
        faults.ThrowIfAny(all => new TrainingOptionsException(all));
    }

    private void AddFaults(OptionFaults faults)
    {
        faults.RequireDefined(nameof(Preset), Preset);
        faults.RequireDefined(nameof(Cell), Cell);
        faults.RequireBetween(nameof(Layers), Layers, 1, MaximumLayers);
        faults.RequireBetween(nameof(EmbeddingSize), EmbeddingSize, 1, MaximumSize);
        faults.RequireBetween(nameof(HiddenSize), HiddenSize, 1, MaximumSize);
        AddProjectionFaults(faults);
        AddForgetBiasFaults(faults);
        faults.RequireFinite(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "from 0 to below 1");
        if (faults.RequireGiven(Regularization, nameof(Regularization))) Regularization.AddFaults(faults.Of(nameof(Regularization)));
        if (faults.RequireGiven(Softmax, nameof(Softmax)))
        {
            var right = $"false where Softmax is {Softmax.GetType().Name}, which has no one matrix to share";
            faults.Require(!Tied || Softmax.HasMatrixToShare, nameof(Tied), Tied, right);
            Softmax.AddFaults(faults.Of(nameof(Softmax)));
        }
        if (faults.RequireGiven(Optimizer, nameof(Optimizer))) Optimizer.AddFaults(faults.Of(nameof(Optimizer)));
        if (faults.RequireGiven(Schedule, nameof(Schedule))) Schedule.AddFaults(faults.Of(nameof(Schedule)), Optimizer);
        Averaging?.AddFaults(faults.Of(nameof(Averaging)));
        faults.RequireFinite(GradientClip > 0, nameof(GradientClip), GradientClip, "above 0");
        faults.RequireDefined(nameof(BatchMode), BatchMode);
        faults.RequireFinite(StateResetProbability is >= 0 and <= 1, nameof(StateResetProbability), StateResetProbability, "from 0 to 1");
        faults.RequireAtLeast(nameof(BatchSize), BatchSize, 1);
        faults.RequireAtLeast(nameof(Window), Window, 1);
        faults.Require(!RandomWindow || BatchMode == BatchMode.Streams, nameof(RandomWindow), RandomWindow, OnlyOfStreams);
        faults.Require(!PartialShuffle || BatchMode == BatchMode.Streams, nameof(PartialShuffle), PartialShuffle, OnlyOfStreams);
        var words = BatchSize * (Window + (RandomWindow ? (long)MaximumBeyondWindow : 0));
        faults.Require(
            BatchSize <= 0 || words <= MaximumWordsInWindow,
            RandomWindow ? Invariant($"BatchSize times (Window + {MaximumBeyondWindow})") : "BatchSize times Window",
            words, Invariant($"at most {MaximumWordsInWindow:N0} words"));
        faults.RequireAtLeast(nameof(Epochs), Epochs, 1);
        faults.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "longer than zero, or null for no limit");
        faults.RequireAtLeast(nameof(Patience), Patience, 1);
        faults.RequireBetween(nameof(Threads), Threads, 1, MaximumThreads);
        faults.Require(ProgressInterval >= TimeSpan.Zero, nameof(ProgressInterval), ProgressInterval, "zero or longer");
        Checkpoint?.AddFaults(faults.Of(nameof(Checkpoint)));
        faults.Require(History is null || (!string.IsNullOrWhiteSpace(History) && !History.Contains('\0')), nameof(History), History is null ? "" : Quotation.Of(History), "the path of a file, or null for none");
    }

    private void AddProjectionFaults(OptionFaults faults)
    {
        if (ProjectionSize is not { } size) return;
        if (Enum.IsDefined(Cell) && !Networks.Cell.Of(Cell).HasMemory)
            faults.Add(nameof(ProjectionSize), Invariant($"{size}"), $"null where Cell is {Cell}; cells with a memory can be projected, {Networks.Cell.WithMemory}");
        else if (Tied && Layers == 1)
            faults.Require(size == EmbeddingSize && size < HiddenSize, nameof(ProjectionSize), size, Invariant($"EmbeddingSize, {EmbeddingSize}, where one layer is Tied, and below HiddenSize, {HiddenSize}"));
        else
            faults.Require(size >= 1 && size < HiddenSize, nameof(ProjectionSize), size, Invariant($"from 1 to below HiddenSize, {HiddenSize}"));
    }

    private void AddForgetBiasFaults(OptionFaults faults)
    {
        if (forgetBias is null) return;
        faults.RequireFinite(Math.Abs(ForgetBias) <= MaximumForgetBias, nameof(ForgetBias), ForgetBias, Invariant($"from -{MaximumForgetBias} to {MaximumForgetBias}"));
        if (Enum.IsDefined(Cell) && Networks.Cell.Of(Cell).ForgetGate is null)
            faults.Add(nameof(ForgetBias), Invariant($"{ForgetBias}"), $"left out where Cell is {Cell}, which has no forget gate");
    }
}

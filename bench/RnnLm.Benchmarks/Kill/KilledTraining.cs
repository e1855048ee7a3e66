using System.Text.Json;
using RnnLm.Benchmarks.Measurements;

namespace RnnLm.Benchmarks.Kill;

/// <summary>The files of one training, and how it is started and gone on with.</summary>
/// <param name="options">The options of the whole.</param>
/// <param name="killed">The configuration.</param>
/// <param name="texts">The folder that has the texts.</param>
/// <param name="folder">The folder for what this training writes.</param>
sealed class KilledTraining(KillOptions options, KillCase killed, string texts, string folder)
{
    public string Model { get; } = Path.Combine(folder, "model.rnnlm");

    public string Checkpoints { get; } = Path.Combine(folder, "checkpoints");

    /// <summary>Starts it.</summary>
    /// <param name="windows">How many windows there are from one checkpoint to the next; null means that there are no checkpoints.</param>
    public TrainingProcess Start(int? windows)
        => killed.NeedsChild ? StartChild(windows) : Command(windows is null ? Whole() : [.. Whole(), $"--checkpoint={Checkpoints}", $"--checkpoint-every={windows}"]);

    /// <summary>Goes on with it.</summary>
    /// <param name="windows">How many windows there are from one checkpoint to the next.</param>
    /// <param name="isBrief">Whether the command line leaves all to what the checkpoint keeps of the first one.</param>
    public TrainingProcess Resume(int windows, bool isBrief)
        => killed.NeedsChild ? StartChild(windows)
            : Command(isBrief ? [$"--resume={Checkpoints}"] : [.. Whole(), $"--resume={Checkpoints}", $"--checkpoint-every={windows}"]);

    private TrainingProcess StartChild(int? windows)
    {
        var work = new KillChildWork(killed, TrainingText, killed.Validation ? ValidationText : null, Model, windows is null ? null : Checkpoints, windows);
        return new TrainingProcess(ChildProcess.ThisProgram, ["kill-child", JsonSerializer.Serialize(work)]);
    }

    private TrainingProcess Command(IEnumerable<string> arguments) => new(options.RnnLm, ["train", .. arguments, "--json"]);

    private string TrainingText => Path.Combine(texts, "train.txt");

    private string ValidationText => Path.Combine(texts, "valid.txt");

    private IEnumerable<string> Whole()
        => [TrainingText, $"--output={Model}", .. killed.Validation ? new[] { $"--validation={ValidationText}" } : [], .. killed.Flags()];
}

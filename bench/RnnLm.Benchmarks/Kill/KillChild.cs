using System.Text.Json;
using RnnLm.Torch;

namespace RnnLm.Benchmarks.Kill;

/// <summary>Trains what the command line does not offer, in a process that is there to be killed, and tells its events as the command line does.</summary>
static class KillChild
{
    /// <param name="json">The <see cref="KillChildWork"/>.</param>
    public static int Run(string json)
    {
        var work = JsonSerializer.Deserialize<KillChildWork>(json)!;
        var options = work.Case.Options();
        options.Progress = new Told();
        if (work.Checkpoints is not null) options.Checkpoint = new CheckpointOptions { Folder = work.Checkpoints, IntervalWindows = work.Windows };
        var trainer = new LanguageModelTrainer(options, work.Case.Engine == "torch" ? new TorchEngine() : new ManagedEngine());
        var trained = trainer.Train(Tokenizer.Whitespace, File.ReadLines(work.Text), work.Validation is null ? null : File.ReadLines(work.Validation));
        trained.Model.Save(work.Output);
        return 0;
    }

    private sealed class Told : IProgress<TrainingEvent>
    {
        public void Report(TrainingEvent value)
        {
            object? line = value switch
            {
                TrainingResumed resumed => new { @event = "resumed", step = resumed.Step, passedOver = resumed.PassedOver },
                CheckpointWritten written => new { @event = "checkpointWritten", step = written.Step },
                CheckpointFailed failed => new { @event = "checkpointFailed", fault = failed.Fault.Message },
                EpochCompleted { Result: var epoch } => new
                {
                    @event = "epoch",
                    epoch = epoch.Epoch,
                    trainingPerplexity = epoch.TrainingPerplexity,
                    validationPerplexity = epoch.ValidationPerplexity,
                    learningRate = epoch.LearningRate,
                    isBest = epoch.IsBest,
                },
                _ => null,
            };
            if (line is null) return;
            Console.WriteLine(JsonSerializer.Serialize(line));
            Console.Out.Flush();
        }
    }
}

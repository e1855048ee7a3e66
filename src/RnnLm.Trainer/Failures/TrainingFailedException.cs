using RnnLm.Training;

namespace RnnLm;

/// <summary>Training ended before its time. What had been learned until then is not lost: see <see cref="Best"/>.</summary>
public class TrainingFailedException : Exception
{
    internal TrainingFailedException(string message, TrainingPosition position, TrainingResult? best, Exception? cause)
        : base($"{message} {Kept(best)}", cause)
    {
        Epoch = position.Epoch;
        Step = position.Step;
        LearningRate = position.LearningRate;
        Best = best;
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>The step, counted from 1 over all epochs: one step is one window.</summary>
    public long Step { get; }

    /// <summary>The learning rate of that step.</summary>
    public double LearningRate { get; }

    /// <summary>
    /// The best weights until then: those of the best epoch, or, where the engine failed before an epoch had ended, those of the last step that
    /// succeeded. Null where nothing had been learned, where training diverged within its first epoch, or where the engine could not
    /// hand over weights that are finite numbers; and where none were better than those of the model that training went on from.
    /// </summary>
    public TrainingResult? Best { get; }

    /// <summary><see cref="Best"/> as a whole model; null where that is.</summary>
    public LanguageModel? BestModel { get; internal set; }

    /// <summary>Whether the learning rate's course followed from the length of the run, so that the run does not go on for longer.</summary>
    internal bool HasFixedLength { get; init; }

    private static string Kept(TrainingResult? best) => best is null
        ? "There are no weights to keep."
        : $"The best weights until then, of {best.DescribeBest()}, are kept in the exception's Best.";
}

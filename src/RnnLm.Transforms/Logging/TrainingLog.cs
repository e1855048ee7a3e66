using System.Runtime.ExceptionServices;
using Microsoft.ML.Runtime;

namespace RnnLm.Transforms.Logging;

/// <summary>Writes the progress of training to <c>MLContext.Log</c> and hands it on to the caller's listener.</summary>
internal sealed class TrainingLog(IChannel channel, IProgress<TrainingEvent>? listener) : IProgress<TrainingEvent>
{
    private IProgress<TrainingEvent>? listener = listener;
    private Exception? fault;

    public void Report(TrainingEvent value)
    {
        // What comes again and again is for whoever traces; the others are milestones.
        if (value is CheckpointFailed or HistoryFailed) channel.Warning(MessageSensitivity.None, "{0}", value);
        else if (value is TrainingProgressed or ValidationStarted or CheckpointWritten) channel.Trace(MessageSensitivity.None, "{0}", value);
        else channel.Info(MessageSensitivity.None, "{0}", value);
        Tell(value);
        // The trainer does not tell again a listener that has thrown, and the log is to go on: so it hears of it at the end.
        if (value is TrainingCompleted && fault is not null) ExceptionDispatchInfo.Throw(fault);
    }

    private void Tell(TrainingEvent value)
    {
        try
        {
            listener?.Report(value);
        }
        catch (Exception thrown)
        {
            fault = thrown;
            listener = null;
            channel.Warning(MessageSensitivity.None, "The listener to the progress of training threw and is not told again: {0}", thrown.Message);
        }
    }
}

namespace RnnLm;

/// <summary>A network in training: its weights, the optimizer's state and the recurrent state of every stream.</summary>
public interface ITrainingSession : IDisposable
{
    /// <summary>
    /// Learns from one window: forward, backward, gradients clipped, weights updated. The loss that is followed is the mean over the
    /// window's targets. Where loss or gradient is not finite, no weight is changed.
    /// </summary>
    /// <param name="window">The words.</param>
    /// <param name="learningRate">The learning rate.</param>
    WindowResult Train(Window window, double learningRate);

    /// <summary>Sets the decay rate of the first moment, <see cref="AdaptiveMomentOptimizer.Beta1"/>, for the windows to come; called only where the schedule cycles it.</summary>
    /// <param name="beta1">The rate, from 0 to below 1.</param>
    /// <exception cref="NotSupportedException">The engine cannot, or the optimizer has no such moment.</exception>
    void UseBeta1(double beta1) => throw new NotSupportedException("This engine cannot change the optimizer's beta1 in the course of training.");

    /// <summary>
    /// Computes what <see cref="Train"/> would, but writes the gradients of the mean loss, before clipping, instead of updating.
    /// The recurrent state moves on as it does in <see cref="Train"/>.
    /// </summary>
    /// <param name="window">The words.</param>
    /// <param name="gradients">Receives the gradients; a tied matrix receives the sum of both uses.</param>
    WindowResult ComputeGradients(Window window, NetworkWeights gradients);

    /// <summary>
    /// The sum of <c>-ln p</c> over all words of one stream, in nats, without dropout, state carried from the first word to the last,
    /// the first word predicted from an end-of-line word; of the weights' average where there is one. The recurrent state of the streams in training is left alone.
    /// </summary>
    /// <param name="ids">The words' ids.</param>
    /// <param name="cancellationToken">Ends the evaluation early, with <see cref="OperationCanceledException"/>.</param>
    double Evaluate(ReadOnlyMemory<int> ids, CancellationToken cancellationToken);

    /// <summary>The sum of <see cref="Evaluate"/> over several streams, each of which begins from the zero state.</summary>
    /// <param name="streams">The ids of the words of each.</param>
    /// <param name="cancellationToken">Ends the evaluation early, with <see cref="OperationCanceledException"/>.</param>
    double EvaluateApart(IReadOnlyList<ReadOnlyMemory<int>> streams, CancellationToken cancellationToken)
    {
        var loss = 0.0;
        foreach (var ids in streams)
        {
            cancellationToken.ThrowIfCancellationRequested();
            loss += Evaluate(ids, cancellationToken);
        }
        return loss;
    }

    /// <summary>Copies the weights as they are now, or their average where there is one.</summary>
    /// <param name="destination">Weights of the same shape, to be overwritten.</param>
    void ReadWeights(NetworkWeights destination);

    /// <summary>
    /// Moves the average of the weights towards the weights as they are now: <c>average ← average + share (weights − average)</c>. From then on
    /// <see cref="Evaluate"/> and <see cref="ReadWeights"/> are of the average, while <see cref="Train"/> goes on from the weights themselves. Called only with
    /// <see cref="TrainingOptions.Averaging"/>.
    /// </summary>
    /// <param name="share">The share, above 0; the first time 1.</param>
    /// <exception cref="NotSupportedException">The engine cannot.</exception>
    void AverageWeights(double share) => throw new NotSupportedException("This engine cannot average weights.");

    /// <summary>
    /// Takes other weights, from which training goes on: the optimizer begins anew, and there is no average any more. The recurrent state of every stream stays.
    /// Called only with <see cref="PlateauSchedule.Undo"/>.
    /// </summary>
    /// <param name="source">Weights of the same shape; they are copied.</param>
    /// <exception cref="NotSupportedException">The engine cannot.</exception>
    void WriteWeights(NetworkWeights source) => throw new NotSupportedException("This engine cannot take other weights in the course of training.");

    /// <summary>
    /// Saves everything from which the session goes on: weights, the optimizer's state, the recurrent state of every stream, and where random numbers are. It is
    /// called between two windows, and training stands still meanwhile.
    /// </summary>
    /// <param name="state">Receives copies.</param>
    /// <returns>
    /// False where the engine cannot. Where it says so before anything has been trained, it cannot train with <see cref="TrainingOptions.Checkpoint"/>; later, and where it
    /// throws, the checkpoint is not written, <see cref="CheckpointFailed"/> tells of it, and training goes on.
    /// </returns>
    bool SaveState(TrainingState state) => false;

    /// <summary>Goes on from where another session of the same engine, with the same options, saved its state: the next window gives the same, bit for bit.</summary>
    /// <param name="state">What was saved.</param>
    /// <exception cref="InvalidDataException">Something is missing, or of another length.</exception>
    /// <exception cref="NotSupportedException">The engine cannot.</exception>
    void RestoreState(TrainingState state) => throw new NotSupportedException("This engine cannot restore the state of a training run.");
}

using RnnLm.Training;

namespace RnnLm.Mpi;

/// <summary>Learns from the windows of all ranks together, as from one window with all their streams: the weights of all ranks are the same at any time.</summary>
internal sealed class GradientSession(ManagedSession own, SharedTraining training) : SharedSession(own, training)
{
    private readonly SharedGradients exchange = new(training);

    protected override WindowResult TrainTogether(Window window, double learningRate)
    {
        exchange.Targets = window.TargetCount;
        return Own.Train(window, learningRate, exchange);
    }

    protected override void JoinWeights()
    {
    }
}

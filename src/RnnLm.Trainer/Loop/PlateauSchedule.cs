namespace RnnLm.Training;

/// <summary>Lowers the learning rate after each epoch that has not improved on the best, and gives up after several in a row.</summary>
internal sealed class PlateauSchedule(double learningRate, double annealing, int patience)
{
    private int epochsWithoutImprovement;

    public double LearningRate { get; private set; } = learningRate;

    public bool IsExhausted => epochsWithoutImprovement >= patience;

    public void Observe(bool improved)
    {
        if (improved)
        {
            epochsWithoutImprovement = 0;
            return;
        }
        epochsWithoutImprovement++;
        LearningRate *= annealing;
    }
}

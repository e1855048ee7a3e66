namespace RnnLm.Training;

/// <summary>Gives up after several epochs in a row that have not improved on the best.</summary>
internal sealed class EpochPatience(int epochs)
{
    private int epochsWithoutImprovement;

    public bool IsExhausted => epochsWithoutImprovement >= epochs;

    public void EpochValidated(bool improved) => epochsWithoutImprovement = improved ? 0 : epochsWithoutImprovement + 1;

    public void Save(TrainingState state) => state.Set("epochs_without_improvement", epochsWithoutImprovement);

    public void Restore(TrainingState state) => epochsWithoutImprovement = (int)Math.Min(state.GetWhole("epochs_without_improvement"), int.MaxValue - 1);
}

namespace RnnLm.Training;

/// <summary>Gives up after several epochs in a row that have not improved on the best.</summary>
internal sealed class EpochPatience(int epochs)
{
    private int epochsWithoutImprovement;

    public bool IsExhausted => epochsWithoutImprovement >= epochs;

    public void EpochValidated(bool improved) => epochsWithoutImprovement = improved ? 0 : epochsWithoutImprovement + 1;
}

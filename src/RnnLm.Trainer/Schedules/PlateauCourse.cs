namespace RnnLm.Training;

/// <summary>A learning rate that is lowered after each epoch that has not improved on the best.</summary>
/// <param name="initial">Where it begins.</param>
/// <param name="factor">What it is multiplied by.</param>
/// <param name="undoes">Whether such an epoch is undone.</param>
internal sealed class PlateauCourse(double initial, double factor, bool undoes) : LearningRateCourse(initial)
{
    public override bool UndoesEpochs => undoes;

    public override void EpochValidated(bool improved)
    {
        if (!improved) Value *= factor;
    }
}

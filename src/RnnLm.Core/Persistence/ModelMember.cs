namespace RnnLm.Persistence;

/// <summary>A member of an ensemble.</summary>
/// <param name="Model">The model.</param>
/// <param name="Weight">Its share of the probability.</param>
internal sealed record ModelMember(ModelParts Model, double Weight)
{
    /// <summary>The greatest number of members of an ensemble.</summary>
    public const int Most = 256;
}

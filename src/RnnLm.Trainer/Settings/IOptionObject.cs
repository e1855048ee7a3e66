namespace RnnLm.Training;

/// <summary>An option that has options of its own.</summary>
internal interface IOptionObject
{
    OptionValues Values { get; }
}

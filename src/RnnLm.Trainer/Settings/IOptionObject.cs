using System.Diagnostics.CodeAnalysis;

namespace RnnLm.Training;

/// <summary>An option that has options of its own. Code that is trimmed keeps them, since <see cref="OptionPart{T}"/> finds them by their names.</summary>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
internal interface IOptionObject
{
    OptionValues Values { get; }
}

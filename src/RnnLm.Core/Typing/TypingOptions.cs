using RnnLm.Faults;

namespace RnnLm;

/// <summary>How a <see cref="TypingSession"/> suggests and learns.</summary>
public sealed class TypingOptions
{
    internal const double UsualUserWeight = 0.2;

    /// <summary>What is suggested.</summary>
    public SuggestionOptions Suggestions { get; set; } = new();

    /// <summary>
    /// What was learned of the person before, such as a user model that was loaded. It learns from what he types, unless <see cref="Learn"/> is false.
    /// </summary>
    /// <value>Null, the default, begins with one that knows nothing.</value>
    public UserModel? User { get; set; }

    /// <summary>Whether words are learned as they are typed.</summary>
    /// <value>The default is true.</value>
    public bool Learn { get; set; } = true;

    /// <summary>
    /// The greatest share of the probability that the user model has, from 0 to below 1. It has this share times <c>N / (N + T)</c>, after <c>N</c> words of
    /// which <c>T</c> are different.
    /// </summary>
    /// <value>Null, the default, means 0.2.</value>
    public double? UserWeight { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range, or have no effect with one another.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (faults.RequireGiven(Suggestions, nameof(Suggestions))) Suggestions.AddFaults(faults.Of(nameof(Suggestions)));
        faults.Require(UserWeight is null or (>= 0 and < 1), nameof(UserWeight), UserWeight, "from 0 to below 1");
        if (UserWeight is not null && !Learn && User is null)
            faults.Add("UserWeight has no effect where nothing is learned and there is no user model; set User, or leave Learn true.");
        faults.ThrowIfAny(nameof(TypingOptions));
    }
}

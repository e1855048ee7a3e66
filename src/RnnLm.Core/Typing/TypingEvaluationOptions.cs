using RnnLm.Faults;

namespace RnnLm;

/// <summary>How it is measured what suggestions save a person who types.</summary>
public sealed class TypingEvaluationOptions
{
    /// <summary>What is suggested. Its <see cref="SuggestionOptions.Count"/> is left as it is: what is measured are one, three and five suggestions.</summary>
    public SuggestionOptions Suggestions { get; set; } = new();

    /// <summary>Whether the person is learned as he types, from the first line to the last.</summary>
    /// <value>The default is false.</value>
    public bool LearnUser { get; set; }

    /// <summary>The greatest share of the probability that what is learned has; see <see cref="TypingOptions.UserWeight"/>.</summary>
    /// <value>Null, the default, means 0.2.</value>
    public double? UserWeight { get; set; }

    /// <summary>Ends the evaluation early, with <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Throws where an option is out of range, naming every fault.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One or more options are out of range, or have no effect with one another.</exception>
    public void Validate()
    {
        var faults = new OptionFaults();
        if (faults.RequireGiven(Suggestions, nameof(Suggestions)))
        {
            Suggestions.AddFaults(faults.Of(nameof(Suggestions)));
            if (Suggestions.Count != new SuggestionOptions().Count)
                faults.Add(FormattableString.Invariant($"Suggestions.Count is {Suggestions.Count}, and has no effect: one, three and five suggestions are measured. Leave it as it is."));
        }
        faults.Require(UserWeight is null or (>= 0 and < 1), nameof(UserWeight), UserWeight, "from 0 to below 1");
        if (UserWeight is not null && !LearnUser) faults.Add("UserWeight has no effect where nothing is learned; set LearnUser.");
        faults.ThrowIfAny(nameof(TypingEvaluationOptions));
    }

    /// <summary>The options of a session.</summary>
    internal TypingOptions ForSession(int count)
    {
        var suggestions = Suggestions.Copy();
        suggestions.Count = count;
        return new TypingOptions { Suggestions = suggestions, Learn = LearnUser, UserWeight = UserWeight };
    }
}

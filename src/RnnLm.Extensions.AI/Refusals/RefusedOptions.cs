namespace RnnLm.Extensions.AI;

/// <summary>Collects what a caller asks for and a language model cannot do, so that all of it is refused at once and by name.</summary>
/// <param name="options">The name of the options.</param>
internal sealed class RefusedOptions(string options)
{
    private readonly List<string> refused = [];

    /// <summary>Adds an option that is asked for.</summary>
    /// <param name="isAsked">Whether it is.</param>
    /// <param name="option">Its name.</param>
    /// <param name="because">Why it cannot be, as the end of a sentence.</param>
    public void Add(bool isAsked, string option, string because)
    {
        if (isAsked) refused.Add($"{option}: {because}.");
    }

    /// <summary>Adds every additional property.</summary>
    public void AddProperties(IEnumerable<KeyValuePair<string, object?>>? properties)
    {
        foreach (var (name, _) in properties ?? []) refused.Add($"AdditionalProperties[\"{name}\"]: no such property is known.");
    }

    /// <summary>Adds the name of another model than the one there is.</summary>
    public void AddModel(string? asked, string there)
        => Add(asked is not null && asked != there, "ModelId", $"it is \"{asked}\", and the model is \"{there}\"");

    /// <summary>Throws where there is something.</summary>
    /// <exception cref="NotSupportedException">There is; the message names each.</exception>
    public void ThrowIfAny()
    {
        if (refused.Count > 0) throw new NotSupportedException($"Of {options}, these cannot be honoured. {string.Join(' ', refused)}");
    }
}

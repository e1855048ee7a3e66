namespace RnnLm.Training;

/// <summary>An option that has options of its own: the one that somebody has chosen, or the usual one, whose options somebody may have changed.</summary>
/// <param name="usual">The usual one.</param>
/// <param name="describe">Its options, by which it is seen that they are changed.</param>
internal sealed class OptionPart<T>(T usual, Func<T, IEnumerable<(string Name, string Value)>> describe)
    where T : class
{
    private (string Name, string Value)[] unchanged = [.. describe(usual)];
    private bool isChosen;

    /// <summary>It; null where somebody has chosen that, which is refused elsewhere.</summary>
    public T? Value { get; private set; } = usual;

    /// <summary>Whether somebody has chosen it, or changed an option of the usual one.</summary>
    public bool IsSet => isChosen || !describe(Value!).SequenceEqual(unchanged);

    /// <summary>Takes what somebody has chosen.</summary>
    public void Choose(T? value) => (Value, isChosen) = (value, true);

    /// <summary>Takes another usual one, where nobody has set it.</summary>
    public void Use(T usual)
    {
        if (IsSet) return;
        Value = usual;
        unchanged = [.. describe(usual)];
    }

    /// <summary>A copy with a copy of what is in it.</summary>
    public OptionPart<T> Clone(Func<T, T> clone)
    {
        var copy = (OptionPart<T>)MemberwiseClone();
        copy.Value = Value is null ? null : clone(Value);
        return copy;
    }
}

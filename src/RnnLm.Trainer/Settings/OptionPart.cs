using System.Reflection;

namespace RnnLm.Training;

/// <summary>An option that has options of its own: the one that somebody has chosen, or the usual one, of which somebody may have set some.</summary>
/// <param name="usual">The usual one.</param>
/// <param name="clone">Makes a copy of one.</param>
internal sealed class OptionPart<T>(T usual, Func<T, T> clone)
    where T : class, IOptionObject
{
    private bool isChosen;

    /// <summary>It; null where somebody has chosen that, which is refused elsewhere.</summary>
    public T? Value { get; private set; } = usual;

    /// <summary>Whether somebody has chosen it, or set an option of the usual one.</summary>
    public bool IsSet => isChosen || Value!.Values.Set.Count > 0;

    /// <summary>Takes what somebody has chosen.</summary>
    public void Choose(T? value) => (Value, isChosen) = (value, true);

    /// <summary>
    /// Takes another usual one, with what somebody has set of the one before, where nobody has chosen one. Whoever has set what the other one lacks has chosen
    /// the one before.
    /// </summary>
    public void Use(T usual)
    {
        isChosen |= Value is not null && Value.Values.Set.Any(name => PropertyOf(usual, name) is null);
        if (isChosen) return;
        usual.Values.MakeUsual();
        foreach (var name in Value!.Values.Set) PropertyOf(usual, name)!.SetValue(usual, PropertyOf(Value, name)!.GetValue(Value));
        Value = usual;
    }

    /// <summary>A copy with a copy of what is in it.</summary>
    public OptionPart<T> Clone()
    {
        var copy = (OptionPart<T>)MemberwiseClone();
        copy.Value = Value is null ? null : clone(Value);
        return copy;
    }

    private static PropertyInfo? PropertyOf(IOptionObject options, string name) => options.GetType().GetProperty(name);
}

using System.Reflection;

namespace RnnLm.Training;

/// <summary>An option that has options of its own: the one that somebody has chosen, or the usual one, of which somebody may have changed some.</summary>
/// <param name="usual">The usual one.</param>
/// <param name="clone">Makes a copy of one.</param>
internal sealed class OptionPart<T>(T usual, Func<T, T> clone)
    where T : class
{
    private T unchanged = clone(usual);
    private bool isChosen;

    /// <summary>It; null where somebody has chosen that, which is refused elsewhere.</summary>
    public T? Value { get; private set; } = usual;

    /// <summary>Whether somebody has chosen it, or changed an option of the usual one.</summary>
    public bool IsSet => isChosen || Changed().Any();

    /// <summary>Takes what somebody has chosen.</summary>
    public void Choose(T? value) => (Value, isChosen) = (value, true);

    /// <summary>Takes another usual one, with what somebody has changed of the one before, where nobody has chosen one.</summary>
    public void Use(T usual)
    {
        if (isChosen) return;
        var changed = Changed().ToList();
        unchanged = clone(usual);
        foreach (var (name, value) in changed)
            if (usual.GetType().GetProperty(name) is { CanWrite: true } property) property.SetValue(usual, value);
        Value = usual;
    }

    /// <summary>A copy with a copy of what is in it.</summary>
    public OptionPart<T> Clone()
    {
        var copy = (OptionPart<T>)MemberwiseClone();
        copy.Value = Value is null ? null : clone(Value);
        return copy;
    }

    private IEnumerable<(string Name, object? Value)> Changed()
        => from property in Value!.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where property.CanWrite
           let value = property.GetValue(Value)
           where !Equals(value, property.GetValue(unchanged))
           select (property.Name, value);
}

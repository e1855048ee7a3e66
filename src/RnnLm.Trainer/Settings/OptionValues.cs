using System.Runtime.CompilerServices;

namespace RnnLm.Training;

/// <summary>The values of an object's options, which knows which of them somebody has set.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, object?> values;
    private readonly HashSet<string> set;

    public OptionValues() => (values, set) = ([], []);

    private OptionValues(OptionValues other) => (values, set) = (new(other.values), [.. other.set]);

    /// <summary>The names of those that somebody has set.</summary>
    public IReadOnlyCollection<string> Set => set;

    /// <summary>The value of an option.</summary>
    /// <param name="usual">What it is where there is none.</param>
    /// <param name="name">The option's name.</param>
    public TValue Get<TValue>(TValue usual, [CallerMemberName] string name = "") => values.TryGetValue(name, out var value) ? (TValue)value! : usual;

    /// <summary>Sets an option.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">The option's name.</param>
    public void Put(object? value, [CallerMemberName] string name = "")
    {
        values[name] = value;
        set.Add(name);
    }

    /// <summary>Makes all values those of an object as it is made: nobody has set any.</summary>
    public void MakeUsual() => set.Clear();

    public OptionValues Clone() => new(this);
}

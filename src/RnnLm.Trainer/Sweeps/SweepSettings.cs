using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RnnLm;

/// <summary>The values that a trial of a sweep has for its parameters, as text in the invariant culture. A parameter that does not apply has none.</summary>
public sealed class SweepSettings : IReadOnlyDictionary<string, string>
{
    private readonly SortedDictionary<string, string> values;

    /// <summary>Makes settings.</summary>
    /// <param name="values">The values by the names of the parameters.</param>
    public SweepSettings(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        this.values = new SortedDictionary<string, string>(values.ToDictionary(), StringComparer.Ordinal);
    }

    /// <summary>The number of parameters that have a value.</summary>
    public int Count => values.Count;

    /// <summary>The names, in ordinal order.</summary>
    public IEnumerable<string> Keys => values.Keys;

    /// <summary>The values, in the order of the names.</summary>
    public IEnumerable<string> Values => values.Values;

    /// <summary>A value.</summary>
    /// <param name="key">The parameter's name.</param>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    public string this[string key] => values[key];

    /// <summary>A value as a number.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    /// <exception cref="FormatException">It is no number.</exception>
    public double Number(string name) => double.Parse(this[name], CultureInfo.InvariantCulture);

    /// <summary>A value as a whole number.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
    /// <exception cref="FormatException">It is no whole number.</exception>
    public int Whole(string name) => int.Parse(this[name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>Whether a parameter has a value.</summary>
    /// <param name="key">The parameter's name.</param>
    public bool ContainsKey(string key) => values.ContainsKey(key);

    /// <summary>A value, where there is one.</summary>
    /// <param name="key">The parameter's name.</param>
    /// <param name="value">The value.</param>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => values.TryGetValue(key, out value);

    /// <summary>The names and values.</summary>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    /// <summary>The settings as a line: <c>dropout 0.2, learning_rate 0.003</c>.</summary>
    public override string ToString() => string.Join(", ", values.Select(value => $"{value.Key} {value.Value}"));

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

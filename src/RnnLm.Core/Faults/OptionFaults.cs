using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RnnLm.Faults;

/// <summary>
/// What is wrong with a set of options, found in one pass so that every fault is told at once: the option's name, its value, and
/// what would be right.
/// </summary>
internal sealed class OptionFaults
{
    private readonly string prefix;
    private readonly OptionFaults? whole;
    private List<string>? faults;

    public OptionFaults() => prefix = "";

    private OptionFaults(OptionFaults whole, string prefix) => (this.whole, this.prefix) = (whole, prefix);

    /// <summary>Every fault, a sentence each.</summary>
    public IReadOnlyList<string> All => faults ?? [];

    /// <summary>The same collection for an option that has options of its own: <c>Softmax</c>, whose faults are of <c>Softmax.Samples</c>.</summary>
    public OptionFaults Of(string option) => new(whole ?? this, $"{prefix}{option}.");

    /// <summary>Adds a fault in its own words.</summary>
    public void Add(string sentence)
    {
        if (whole is not null) whole.Add(sentence);
        else (faults ??= []).Add(sentence);
    }

    /// <summary>Adds a fault: <c>Layers is 0; it must be from 1 to 16.</c></summary>
    public void Add(string option, string value, string right) => Add($"{prefix}{option} is {value}; it must be {right}.");

    /// <summary>Adds a fault where a value is not right.</summary>
    public void Require<T>(bool isRight, string option, T value, string right)
    {
        if (!isRight) Add(option, TextOf(value), right);
    }

    public void RequireAtLeast(string option, int? value, int least) => Require(!(value < least), option, value, $"at least {TextOf(least)}");

    public void RequireBetween(string option, int? value, int least, int most)
        => Require(!(value < least || value > most), option, value, $"from {TextOf(least)} to {TextOf(most)}");

    public void RequireFinite(bool isRight, string option, double value, string right)
        => Require(double.IsFinite(value) && isRight, option, value, $"a finite number {right}");

    public void RequireDefined<T>(string option, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) Add(option, value.ToString(), $"one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    /// <summary>Adds a fault where a value that somebody has set is not that of the model that training goes on from.</summary>
    public void RequireAsInModel<T>(bool isRight, string option, T value, T right)
        => Require(isRight, option, value, $"{TextOf(right)}, as in the initial model, or not be set");

    /// <summary>Whether an option that has options of its own is there; adds a fault where it is not.</summary>
    public bool RequireGiven([NotNullWhen(true)] object? value, string option)
    {
        if (value is null) Add($"{prefix}{option} is null; leave it as it is for the defaults.");
        return value is not null;
    }

    /// <summary>Throws where there is a fault, with a line for each.</summary>
    /// <param name="options">The name of the options.</param>
    public void ThrowIfAny(string options)
    {
        if (faults is not null) throw new ArgumentOutOfRangeException(options, string.Join(Environment.NewLine, faults));
    }

    /// <summary>Throws where there is a fault.</summary>
    /// <param name="exception">Makes the exception of all faults.</param>
    public void ThrowIfAny(Func<IReadOnlyList<string>, Exception> exception)
    {
        if (faults is not null) throw exception(faults);
    }

    private static string TextOf<T>(T value) => value switch
    {
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        long number => number.ToString("N0", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IReadOnlyList<int> { Count: 0 } => "empty",
        IReadOnlyList<int> numbers => string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "null",
    };
}

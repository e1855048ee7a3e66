using System.Globalization;
using RnnLm.Faults;

namespace RnnLm;

/// <summary>An option that a sweep searches, and how its values are drawn.</summary>
public sealed class SweepParameter
{
    private const int Digits = 3;

    private readonly Func<double, string> valueAt; // of a number from 0 to below 1

    private SweepParameter(string name, string description, Func<double, string> valueAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        (Name, Description, this.valueAt) = (name, description, valueAt);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its values in words: <c>0.0005 to 0.02, logarithmic</c>.</summary>
    public string Description { get; }

    /// <summary>Whether it means anything beside the values of the others: where it does not, a trial has no value for it.</summary>
    internal Predicate<SweepSettings> Applies { get; private init; } = _ => true;

    /// <summary>One of several values, each as probable as the others.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="values">The values.</param>
    /// <exception cref="ArgumentException">There is none, or one twice.</exception>
    public static SweepParameter Choice(string name, params IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || values.Distinct().Count() != values.Count)
            throw new ArgumentException($"The values of {name} are {string.Join(", ", values.Select(Quotation.Of))}; they must be one or more, each once.", nameof(values));
        return new SweepParameter(name, string.Join(", ", values), place => values[(int)(place * values.Count)]);
    }

    /// <summary>A number of a range, each as probable as the others, rounded to three digits.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="from">The least value.</param>
    /// <param name="to">The greatest value.</param>
    /// <exception cref="ArgumentException">One is not finite, or the greatest is not greater than the least.</exception>
    public static SweepParameter Uniform(string name, double from, double to)
    {
        Require(name, from, to, least: double.MinValue, "a finite number");
        return new SweepParameter(name, Invariant($"{from} to {to}"), place => TextOf(from + (place * (to - from)), from, to));
    }

    /// <summary>A number of a range whose logarithm is as probable as any other, rounded to three digits.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="from">The least value, above 0.</param>
    /// <param name="to">The greatest value.</param>
    /// <exception cref="ArgumentException">One is not finite, or not above 0, or the greatest is not greater than the least.</exception>
    public static SweepParameter LogUniform(string name, double from, double to)
    {
        Require(name, from, to, least: double.Epsilon, "a finite number above 0");
        return new SweepParameter(name, Invariant($"{from} to {to}, logarithmic"), place => TextOf(from * Math.Pow(to / from, place), from, to));
    }

    /// <summary>A whole number of a range: each as probable as the others, or the more probable the smaller it is.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="from">The least value.</param>
    /// <param name="to">The greatest value.</param>
    /// <param name="isLogarithmic">Whether the logarithm is drawn; the least value must be above 0 then.</param>
    /// <exception cref="ArgumentException">The greatest is not greater than the least, or the least is not above 0 where it must be.</exception>
    public static SweepParameter Whole(string name, int from, int to, bool isLogarithmic = false)
    {
        Require(name, from, to, least: isLogarithmic ? 1 : int.MinValue, isLogarithmic ? "at least 1" : "a whole number");
        return new SweepParameter(name, Invariant($"{from} to {to}{(isLogarithmic ? ", logarithmic" : "")}, whole"), place =>
        {
            var value = isLogarithmic ? Math.Exp(Math.Log(from) + (place * (Math.Log(to + 1.0) - Math.Log(from)))) : from + (place * (to + 1.0 - from));
            return Math.Clamp((int)Math.Floor(value), from, to).ToString(CultureInfo.InvariantCulture);
        });
    }

    /// <summary>The same parameter for those trials alone in which it means anything: the others have no value for it.</summary>
    /// <param name="applies">Whether it means anything beside the values of all parameters.</param>
    public SweepParameter Where(Predicate<SweepSettings> applies)
    {
        ArgumentNullException.ThrowIfNull(applies);
        return new SweepParameter(Name, Description, valueAt) { Applies = applies };
    }

    /// <summary>A value.</summary>
    /// <param name="random">What it follows from, spread evenly over 32 bits.</param>
    internal string Draw(uint random) => valueAt(random / (uint.MaxValue + 1.0));

    private static void Require(string name, double from, double to, double least, string right)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || from < least) throw new ArgumentException(Invariant($"The range of {name} is {from} to {to}; each must be {right}."));
        if (!(from < to)) throw new ArgumentException(Invariant($"The range of {name} is {from} to {to}; it must go from the lesser to the greater."));
    }

    private static string TextOf(double value, double from, double to)
        => Math.Clamp(double.Parse(value.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), from, to).ToString(CultureInfo.InvariantCulture);
}

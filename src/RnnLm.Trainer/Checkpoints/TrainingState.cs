using RnnLm.Training;

namespace RnnLm;

/// <summary>
/// All that a training run, or a part of it, consists of at a moment: numbers and arrays under names, as a checkpoint keeps them. Whatever has state
/// saves it here and restores it from here, in a <see cref="Part"/> of its own.
/// </summary>
public sealed class TrainingState
{
    private readonly StateValues values;
    private readonly string prefix;

    /// <summary>Makes a state in which nothing has been saved yet. What is set again takes the room of what it replaces.</summary>
    public TrainingState()
        : this(new CopiedValues())
    {
    }

    internal TrainingState(StateValues values, string prefix = "") => (this.values, this.prefix) = (values, prefix);

    /// <summary>The state of a part: the same numbers and arrays, whose names begin with the part's name and a dot.</summary>
    /// <param name="name">The part's name.</param>
    public TrainingState Part(string name) => new(values, $"{prefix}{name}.");

    /// <summary>Whether there is a number or an array of a name.</summary>
    /// <param name="name">The name.</param>
    public bool Has(string name) => values.HasNumber(prefix + name) || values.LengthOf(prefix + name) is not null;

    /// <summary>How many values an array has.</summary>
    /// <param name="name">The array's name.</param>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public int LengthOf(string name) => values.LengthOf(prefix + name) ?? throw Missing(name);

    /// <summary>Keeps a number, exactly.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">The number.</param>
    /// <exception cref="InvalidOperationException">The state is that of a checkpoint, which is only read.</exception>
    public void Set(string name, double number) => values.Set(prefix + name, number);

    /// <summary>Keeps a copy of an array. A state with an array that has a number that is not finite is never written to a checkpoint.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The array.</param>
    /// <exception cref="InvalidOperationException">The state is that of a checkpoint, which is only read.</exception>
    public void Set(string name, ReadOnlySpan<float> values) => this.values.Set(prefix + name, values);

    /// <summary>Keeps a copy of an array.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">The array.</param>
    /// <exception cref="InvalidOperationException">The state is that of a checkpoint, which is only read.</exception>
    public void Set(string name, ReadOnlySpan<byte> values) => this.values.Set(prefix + name, values);

    /// <summary>A number as it was kept.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public double Get(string name) => values.HasNumber(prefix + name) ? values.Number(prefix + name) : throw Missing(name);

    /// <summary>A whole number as it was kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="least">The least that it can be.</param>
    /// <exception cref="InvalidDataException">There is none of that name, or it is less, or has a fraction, or is beyond 2^53.</exception>
    public long GetWhole(string name, long least = 0)
    {
        var number = Get(name);
        // Beyond 2^53 a number of this kind is not every whole number any more.
        return number >= least && number <= 1L << 53 && number == Math.Floor(number)
            ? (long)number
            : throw new InvalidDataException(Invariant($"\"{prefix}{name}\" is {number}; it must be a whole number from {least} on."));
    }

    /// <summary>Copies an array as it was kept.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="destination">Receives it.</param>
    /// <exception cref="InvalidDataException">There is none of that name, or it has another length.</exception>
    public void Get(string name, Span<float> destination)
    {
        RequireLength(name, destination.Length);
        values.CopyTo(prefix + name, destination);
    }

    /// <inheritdoc cref="Get(string, Span{float})"/>
    public void Get(string name, Span<byte> destination)
    {
        RequireLength(name, destination.Length);
        values.CopyTo(prefix + name, destination);
    }

    private void RequireLength(string name, int length)
    {
        if (LengthOf(name) != length) throw new InvalidDataException(Invariant($"\"{prefix}{name}\" has {LengthOf(name):N0} values; it must have {length:N0}."));
    }

    private InvalidDataException Missing(string name) => new($"\"{prefix}{name}\" is missing.");
}

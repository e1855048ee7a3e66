namespace RnnLm.Training;

/// <summary>Where the numbers and arrays of a <see cref="TrainingState"/> lie.</summary>
internal abstract class StateValues
{
    public abstract bool HasNumber(string name);

    /// <summary>A number that is there.</summary>
    public abstract double Number(string name);

    /// <summary>How many values an array has; null where there is none.</summary>
    public abstract int? LengthOf(string name);

    /// <summary>Copies an array that has so many values.</summary>
    /// <exception cref="InvalidDataException">It is of another type.</exception>
    public abstract void CopyTo(string name, Span<float> destination);

    /// <inheritdoc cref="CopyTo(string, Span{float})"/>
    public abstract void CopyTo(string name, Span<byte> destination);

    public abstract void Set(string name, double number);

    public abstract void Set(string name, ReadOnlySpan<float> array);

    public abstract void Set(string name, ReadOnlySpan<byte> array);

    protected static InvalidDataException OfAnotherType(string name) => new($"\"{name}\" is of another type.");
}

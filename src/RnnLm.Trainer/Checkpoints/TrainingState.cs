namespace RnnLm;

/// <summary>
/// All that a training run, or a part of it, consists of at a moment: numbers and arrays under names, as a checkpoint keeps them. Whatever has state
/// saves it here and restores it from here, in a <see cref="Part"/> of its own.
/// </summary>
public sealed class TrainingState
{
    /// <summary>The state of a part: the same numbers and arrays, whose names begin with the part's name and a dot.</summary>
    /// <param name="name">The part's name.</param>
    public TrainingState Part(string name) => throw new NotImplementedException();

    /// <summary>Whether there is a number or an array of a name.</summary>
    public bool Has(string name) => throw new NotImplementedException();

    /// <summary>How many values an array has.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public int LengthOf(string name) => throw new NotImplementedException();

    /// <summary>Keeps a number, exactly.</summary>
    public void Set(string name, double number) => throw new NotImplementedException();

    /// <summary>Keeps a copy of an array. What is not a finite number is never written to a checkpoint.</summary>
    public void Set(string name, ReadOnlySpan<float> values) => throw new NotImplementedException();

    /// <summary>Keeps a copy of an array.</summary>
    public void Set(string name, ReadOnlySpan<byte> values) => throw new NotImplementedException();

    /// <summary>A number as it was kept.</summary>
    /// <exception cref="InvalidDataException">There is none of that name.</exception>
    public double Get(string name) => throw new NotImplementedException();

    /// <summary>Copies an array as it was kept.</summary>
    /// <exception cref="InvalidDataException">There is none of that name, or it has another length.</exception>
    public void Get(string name, Span<float> destination) => throw new NotImplementedException();

    /// <summary>Copies an array as it was kept.</summary>
    /// <exception cref="InvalidDataException">There is none of that name, or it has another length.</exception>
    public void Get(string name, Span<byte> destination) => throw new NotImplementedException();
}

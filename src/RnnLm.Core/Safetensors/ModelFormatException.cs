namespace RnnLm;

/// <summary>A model file cannot be read: it is cut short, altered, of a newer version, or no model file at all. The message says which.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong with the file.</param>
    public ModelFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that follows from another.</summary>
    /// <param name="message">What is wrong with the file.</param>
    /// <param name="innerException">What it follows from.</param>
    public ModelFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether nothing is wrong with the file itself: it does not suit what was asked for, and would suit something else.</summary>
    internal bool IsUnsuited { get; init; }
}

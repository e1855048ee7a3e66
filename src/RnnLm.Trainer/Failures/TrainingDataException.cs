namespace RnnLm;

/// <summary>The text given cannot be learned from, or not with these options. Nothing has been trained.</summary>
/// <param name="message">What is wrong with the text, and what would be right.</param>
/// <param name="cause">What found it out, where that was an exception.</param>
public sealed class TrainingDataException(string message, Exception? cause = null) : ArgumentException(message, cause);

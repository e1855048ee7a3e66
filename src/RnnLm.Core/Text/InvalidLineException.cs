namespace RnnLm.Text;

/// <summary>One line of a text cannot be read, and those behind it can.</summary>
/// <param name="message">What is wrong with it, with its number.</param>
internal sealed class InvalidLineException(string message) : IOException(message);

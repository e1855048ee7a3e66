namespace WebPage;

/// <summary>How much a word made a suggestion more probable or less.</summary>
/// <param name="Word">The word.</param>
/// <param name="Nats">By how much it raises the natural logarithm of the probability; below 0 where it lowers it.</param>
public sealed record PageInfluence(string Word, double Nats);

namespace RnnLm.Generation;

/// <summary>A continuation in a beam: another one, and a word.</summary>
/// <param name="parent">The other one; null of the one without words.</param>
/// <param name="word">The word's id.</param>
/// <param name="wordLogProbability">The natural logarithm of the probability that the model gives the word.</param>
/// <param name="logProbability">The sum of these, up to this word.</param>
/// <param name="weight">The same sum with penalties.</param>
/// <param name="place">How far it has come with the word.</param>
internal sealed class BeamHypothesis(
    BeamHypothesis? parent, int word, double wordLogProbability, double logProbability, double weight, ContinuationPlace place)
{
    /// <summary>The continuation without words.</summary>
    public static BeamHypothesis Empty { get; } = new(null, word: -1, 0, 0, 0, default);

    /// <summary>The other one; null of the one without words.</summary>
    public BeamHypothesis? Parent => parent;

    /// <summary>The word's id.</summary>
    public int Word => word;

    /// <summary>The natural logarithm of the probability that the model gives the word.</summary>
    public double WordLogProbability => wordLogProbability;

    /// <summary>The sum of these, up to this word.</summary>
    public double LogProbability => logProbability;

    /// <summary>The same sum with penalties.</summary>
    public double Weight => weight;

    /// <summary>How far it has come with the word.</summary>
    public ContinuationPlace Place => place;

    /// <summary>It with one more word.</summary>
    /// <param name="next">The word's id.</param>
    /// <param name="itsLogProbability">The natural logarithm of the probability that the model gives it.</param>
    /// <param name="itsWeight">The same with a penalty.</param>
    /// <param name="itsPlace">How far it has come with it.</param>
    public BeamHypothesis With(int next, double itsLogProbability, double itsWeight, ContinuationPlace itsPlace)
        => new(this, next, itsLogProbability, logProbability + itsLogProbability, weight + itsWeight, itsPlace);

    /// <summary>It and those it goes on from, without the one without words, the last first.</summary>
    public IEnumerable<BeamHypothesis> Backwards()
    {
        for (var hypothesis = this; hypothesis.Parent is not null; hypothesis = hypothesis.Parent) yield return hypothesis;
    }

    /// <summary>Its last words.</summary>
    /// <param name="room">Room for as many as are wanted.</param>
    /// <returns>So many, or all there are, in their order, in the room.</returns>
    public ReadOnlySpan<int> TailIn(Span<int> room)
    {
        var begin = room.Length;
        for (var hypothesis = this; begin > 0 && hypothesis.Parent is not null; hypothesis = hypothesis.Parent) room[--begin] = hypothesis.Word;
        return room[begin..];
    }
}

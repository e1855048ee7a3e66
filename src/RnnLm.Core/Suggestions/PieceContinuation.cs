using System.Text;
using RnnLm.Text;

namespace RnnLm.Suggestions;

/// <summary>Goes on with a suggestion of a model of subwords, word after word, as long as each is sure enough. It has working room, so it belongs to one thread.</summary>
/// <param name="vocabulary">The pieces.</param>
/// <param name="tree">What the predictor has read.</param>
/// <param name="index">The pieces.</param>
/// <param name="suggested">Which words may be suggested.</param>
/// <param name="options">How many words, and how sure.</param>
/// <param name="user">What was learned of the person; null where nothing was.</param>
/// <param name="userWeight">The greatest share of the probability that it has.</param>
internal sealed class PieceContinuation(
    Vocabulary vocabulary, PieceTree tree, PieceIndex index, SuggestedWords suggested, SuggestionOptions options, UserModel? user, double userWeight)
{
    private const int MostSteps = 16;

    private readonly PieceSearch search = new(tree, index);

    /// <summary>The text to go on with.</summary>
    /// <param name="first">The word that is gone on with, with the white space before it, as the person would write it.</param>
    /// <param name="context">The words before it.</param>
    /// <param name="probability">Its probability.</param>
    /// <param name="whole">That of all words.</param>
    public string After(string first, WordContext context, double probability, out double whole)
    {
        whole = probability;
        var last = first[SpacedWordTokenizer.LengthOfSpace(first)..];
        var room = (Suggester.CharactersInWord * options.MaximumWords) - Suggester.RoomOf(last);
        if (room <= 0) return "";
        var text = new StringBuilder();
        var spaced = first;
        for (var node = tree.Root; room > 0;)
        {
            node = tree.After(node, index.EncodeWord(spaced), out _);
            context = context.Then(last, vocabulary.EndOfLineWord);
            if (MostProbable(node, last, context, out var next) is not { } found || next < options.ContinuationConfidence || whole * next < options.Confidence) break;
            last = found[SpacedWordTokenizer.LengthOfSpace(found)..];
            if (Suggester.RoomOf(last) > room) break;
            whole *= next;
            room -= Suggester.RoomOf(last);
            text.Append(spaced = found);
        }
        return text.ToString();
    }

    /// <summary>The most probable word with the white space before it; null where it is none that may be suggested, as where the line ends.</summary>
    private string? MostProbable(PieceNode node, string before, WordContext context, out double probability)
    {
        var shares = SharesAfter(context, out var weight);
        string? best = null;
        probability = (1 - weight) * Math.Exp(node.LogProbabilities[Vocabulary.EndOfLineId]);
        search.Begin(node, [""], MostSteps);
        // A word that is less probable is not sure enough, whatever share the person has of it.
        var least = Math.Log(Math.Max(0, (options.ContinuationConfidence - weight) / (1 - weight)));
        while (search.Next(least) is { } word)
        {
            if (!SpacedWordTokenizer.IsApart(before, word.Text)) continue;
            var ofWord = ((1 - weight) * Math.Exp(word.LogProbability)) + (weight * ShareOf(word.Word, shares));
            if (ofWord > probability) (probability, best) = (ofWord, suggested.Has(word.Word) ? word.Text : null);
            break;
        }
        var own = -1;
        for (var place = 0; place < shares.Length; place++)
            if (weight * shares[place] > probability) (own, probability) = (place, weight * shares[place]);
        return own < 0 ? best : Suggester.RoomOf(before) == 1 ? user!.Places[own] : $" {user!.Places[own]}";
    }

    private double[] SharesAfter(WordContext context, out double weight)
    {
        weight = 0;
        if (user is null || user.TotalCount == 0) return [];
        weight = TypedWordDistribution.WeightOf(user, userWeight);
        var shares = new double[user.Places.Count];
        user.Probabilities(context.Last, context.LastButOne, shares);
        return shares;
    }

    private double ShareOf(string word, double[] shares) => shares.Length > 0 && user!.FindPlace(word) is { } place ? shares[place] : 0;
}

using RnnLm.Suggestions;

namespace RnnLm.Tests.Suggestions;

/// <summary>Words that are like letters typed wrongly, with models of subwords, against every row of pieces that makes a word like them.</summary>
public class PieceCorrectionTests
{
    [Theory]
    [InlineData("the", " teh", 1)]
    [InlineData("the", " cta", 1)]
    [InlineData("the", " caat", 1)]
    [InlineData("a", " thq", 1)]
    [InlineData("the", " thare", 1)]
    [InlineData("the", " ohter", 1)]
    [InlineData("", "ohter", 1)]
    [InlineData("the", " otehrr", 2)]
    public void Corrections_are_the_words_of_the_best_scores_that_a_look_at_every_row_of_pieces_finds(string before, string typed, int most)
    {
        foreach (var cost in (double[])[5, 1])
        {
            var model = SubwordModels.Model(merges: 60, seed: 3, favoured: ["Ġthe</w>", "Ġcat</w>", "Ġ", "there</w>", "Ġo", "th", "o", "e", "r</w>", "s</w>"]);
            var (letters, state) = (typed.TrimStart(), model.Start(before));
            var space = typed[..(typed.Length - letters.Length)];
            var plain = new PlainPieces(model);
            var mass = TypedVariants.Of(letters).Sum(beginning => plain.Mass(state, space + beginning));
            var words = new List<(string Word, double Score, int Edits)>();
            foreach (var (word, probability) in plain.Words(state, 1e-6, bytes => MayBe(bytes.Replace('Ġ', ' '))))
            {
                var edits = Enumerable.Range(0, word.Length - space.Length + 1).Min(length => PlainSuggestions.Distance(letters, word.Substring(space.Length, length).ToLowerInvariant()));
                if (edits >= 1 && edits <= most) words.Add((word[space.Length..], Math.Log(probability) - (cost * edits), edits));
            }
            var all = mass + words.Sum(word => Math.Exp(word.Score));
            var written = PlainSuggestions.WithoutCapitals(letters, words.ToDictionary(word => word.Word, word => word.Score));
            var expected = words.Where(word => written.ContainsKey(word.Word)).OrderByDescending(word => word.Score).Where(word => Math.Exp(word.Score) > 0.003 * all).ToArray();
            Assert.NotEmpty(expected);

            var actual = model.Suggest(before + typed, new SuggestionOptions { Count = 20, EditCost = cost }).Where(suggestion => suggestion.Edits > 0).ToArray();
            foreach (var (word, score, edits) in expected)
            {
                var found = actual.Single(suggestion => suggestion.Text == word);
                Assert.Equal(edits, found.Edits);
                Assert.Equal(Math.Exp(score) / all, found.Probability, 0.03 * found.Probability);
                Assert.Equal(letters.Length, found.ReplacedLength);
            }

            // All that counts is in letters of a byte; others are too far from what was typed.
            bool MayBe(string spaced)
                => spaced.Length <= space.Length ? space.StartsWith(spaced, StringComparison.Ordinal) : spaced.StartsWith(space, StringComparison.Ordinal) && MayBegin(spaced[space.Length..]);

            bool MayBegin(string text)
                => Enumerable.Range(0, letters.Length + 1).Any(length => PlainSuggestions.Distance(letters[..length], text.ToLowerInvariant()) <= most)
                    || Enumerable.Range(0, text.Length + 1).Any(length => PlainSuggestions.Distance(letters, text[..length].ToLowerInvariant()) <= most);
        }
    }

    [Fact]
    public void Fewer_than_three_letters_and_those_of_options_that_allow_no_edits_are_taken_as_they_are()
    {
        var model = SubwordModels.Model(merges: 60, favoured: ["Ġthe</w>"]);
        Assert.Equal(("the", 1), model.Suggest("a teh") is [var first, ..] ? (first.Text, first.Edits) : default);
        Assert.All(model.Suggest("a te", new SuggestionOptions { Count = 20 }), suggestion => Assert.Equal(0, suggestion.Edits));
        Assert.All(model.Suggest("a teh", new SuggestionOptions { Count = 20, MaximumEdits = 0 }), suggestion => Assert.Equal(0, suggestion.Edits));
        Assert.Equal("The", model.Suggest("a Teh")[0].Text);
        Assert.Equal("THE", model.Suggest("a TEH")[0].Text);
    }
}

using Microsoft.ML.Transforms.Text;

namespace RnnLm.StandIns.MicrosoftML.Tests;

public class TextTests
{
    private readonly MLContext context = new(1);

    [Fact]
    public void Text_is_lowered_and_freed_of_diacritics()
    {
        var data = context.Texts("Crème BRÛLÉE, 12!", "", null, "ΆΑ ЙИ e\u0301");
        var model = context.Transforms.Text.NormalizeText("Out", "Text").Fit(data);
        foreach (var m in new ITransformer[] { model, context.SavedAndLoaded(model) })
            Assert.Equal(["creme brulee, 12!", "", "", "αα ии e"], m.Transform(data).Strings("Out"));
    }

    [Fact]
    public void What_is_kept_can_be_chosen()
    {
        var data = context.Texts("Crème, 12½! a-b");
        string Normalize(TextNormalizingEstimator.CaseMode mode, bool diacritics, bool punctuation, bool numbers)
            => context.SavedAndLoaded(context.Transforms.Text.NormalizeText("Text", null, mode, diacritics, punctuation, numbers).Fit(data))
                .Transform(data).Strings("Text").Single();
        Assert.Equal("CRÈME, 12½! A-B", Normalize(TextNormalizingEstimator.CaseMode.Upper, true, true, true));
        Assert.Equal("Crème 12½ ab", Normalize(TextNormalizingEstimator.CaseMode.None, true, false, true));
        Assert.Equal("creme, ! a-b", Normalize(TextNormalizingEstimator.CaseMode.Lower, false, true, false));
        Assert.Equal("Crème, 12½! a-b", Normalize(TextNormalizingEstimator.CaseMode.None, true, true, true));
    }

    [Fact]
    public void Every_character_is_normalized_as_in_the_real_package()
    {
        var all = Enumerable.Range(1, 0xFFFF).Where(c => !char.IsSurrogate((char)c)).Select(c => ((char)c).ToString()).ToArray();
        var data = context.Texts(all);
        var output = context.Transforms.Text.NormalizeText("Text", null, TextNormalizingEstimator.CaseMode.None, keepDiacritics: false)
            .Fit(data).Transform(data).Strings("Text");
        var changed = Enumerable.Range(0, all.Length).Where(i => output[i] != all[i]).Select(i => all[i] + output[i]).ToArray();
        // Precomposed letters, and combining marks, which are removed.
        Assert.Equal((326, 188), (changed.Count(c => c.Length == 2), changed.Count(c => c.Length == 1)));
        var hash = changed.SelectMany(c => c).Aggregate(17UL, (h, c) => unchecked(h * 31 + c));
        Assert.Equal(2067581170764469005UL, hash);
    }

    [Fact]
    public void Items_of_which_nothing_is_left_are_dropped()
    {
        var data = context.Data.LoadFromEnumerable([new WordsRow { Words = ["A", "", "!", "b!"] }]);
        var output = context.Transforms.Text.NormalizeText("Words", keepPunctuations: false).Fit(data).Transform(data);
        Assert.Equal(["a", "b"], output.GetColumn<string[]>("Words").Single());
        Assert.Equal(new VectorDataViewType(TextDataViewType.Instance), output.Schema["Words"].Type);
    }

    [Fact]
    public void Text_is_cut_into_words_at_spaces_or_given_separators()
    {
        var data = context.Texts(" the  cat\tsat ", "", "a,b;c , d");
        var words = context.Transforms.Text.TokenizeIntoWords("Words", "Text").Fit(data);
        Assert.Equal([["the", "cat\tsat"], [], ["a,b;c", ",", "d"]],
            context.SavedAndLoaded(words).Transform(data).GetColumn<string[]>("Words"));
        var parts = context.Transforms.Text.TokenizeIntoWords("Words", "Text", [',', ';']).Fit(data);
        Assert.Equal([["the  cat\tsat"], [], ["a", "b", "c", "d"]],
            context.SavedAndLoaded(parts).Transform(data).GetColumn<string[]>("Words"));
        var twice = context.Transforms.Text.TokenizeIntoWords("Words", "Text", [';'])
            .Append(context.Transforms.Text.TokenizeIntoWords("Words", separators: [','])).Fit(data);
        Assert.Equal(["a", "b", "c", "d"], twice.Transform(data).GetColumn<string[]>("Words").Last());
    }

    [Fact]
    public void What_is_no_text_is_refused_with_its_type()
    {
        var data = context.TextsAndNumbers();
        foreach (var estimator in new IEstimator<ITransformer>[]
        {
            context.Transforms.Text.NormalizeText("Out", "Number"), context.Transforms.Text.TokenizeIntoWords("Out", "Number"),
        })
        {
            foreach (var pipeline in new[] { estimator, context.Transforms.CopyColumns("c", "Text").Append(estimator) })
            {
                var message = Assert.Throws<ArgumentOutOfRangeException>(() => pipeline.Fit(data)).Message;
                Assert.Contains("Schema mismatch for input column 'Number': expected String or", message);
                Assert.Contains("got Single", message);
            }
        }
        Assert.Contains("'Nothing'", Assert.Throws<ArgumentOutOfRangeException>(
            () => context.Transforms.Text.NormalizeText("Out", "Nothing").Fit(data)).Message);
    }
}

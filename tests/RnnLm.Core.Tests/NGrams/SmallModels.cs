using System.Text;

namespace RnnLm.Tests.NGrams;

/// <summary>N-gram models of a few words.</summary>
internal static class SmallModels
{
    /// <summary>A model as SRILM writes one: a blank line first, tabs, no back-off weight where nothing follows, <c>&lt;/s&gt;</c> first.</summary>
    public const string Srilm = """

        \data\
        ngram 1=5
        ngram 2=4
        ngram 3=1

        \1-grams:
        -0.6	</s>
        -99	<s>	-0.2
        -1	<unk>	0
        -0.4	a	-0.3
        -0.5	b	-0.1

        \2-grams:
        -0.3	<s> a	-0.4
        -0.2	a b	0.05
        -0.7	a </s>
        -0.25	b </s>

        \3-grams:
        -0.1	<s> a b

        \end\

        """;

    /// <summary>A model as KenLM's lmplz writes one: <c>&lt;unk&gt;</c> first, a back-off weight always but at the highest order, n-grams in no order.</summary>
    public const string Kenlm = """
        \data\
        ngram 1=5
        ngram 2=4
        ngram 3=1

        \1-grams:
        -1	<unk>	0
        0	<s>	-0.2
        -0.6	</s>	0
        -0.5	b	-0.1
        -0.4	a	-0.3

        \2-grams:
        -0.25	b </s>	0
        -0.7	a </s>	0
        -0.2	a b	0.05
        -0.3	<s> a	-0.4

        \3-grams:
        -0.1	<s> a b

        \end\
        """;

    public static NGramModel Of(string arpa, Vocabulary? vocabulary = null) => NGramModel.ReadArpa(arpa.ReplaceLineEndings("\n").Split('\n'), vocabulary: vocabulary);

    public static string ArpaOf(NGramModel model)
    {
        using var stream = new MemoryStream();
        model.SaveArpa(stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static byte[] FileOf(NGramModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    /// <summary>A logarithm to base 10 as a natural one.</summary>
    public static double Natural(double logarithm) => logarithm * Math.Log(10);

    /// <summary>That two models say the same of every word after every context of up to two words.</summary>
    public static void AssertSame(NGramModel expected, NGramModel actual, double tolerance = 0)
    {
        Assert.Equal(expected.Vocabulary, actual.Vocabulary);
        Assert.Equal(Enumerable.Range(1, expected.Order).Select(expected.CountOf), Enumerable.Range(1, actual.Order).Select(actual.CountOf));
        for (var first = 0; first < expected.Vocabulary.Count; first++)
            for (var second = 0; second < expected.Vocabulary.Count; second++)
                for (var word = 0; word < expected.Vocabulary.Count; word++)
                    Assert.Equal(expected.LogProbability([first, second], word), actual.LogProbability([first, second], word), tolerance);
    }
}

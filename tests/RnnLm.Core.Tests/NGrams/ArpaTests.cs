using System.Globalization;
using System.Text;
using static RnnLm.Tests.NGrams.SmallModels;

namespace RnnLm.Tests.NGrams;

public sealed class ArpaTests
{
    [Fact]
    public void What_SRILM_and_KenLM_write_of_one_model_is_read_as_one()
    {
        var (srilm, kenlm) = (Of(Srilm), Of(Kenlm, Of(Srilm).Vocabulary));

        Assert.Equal(["<unk>", "<eos>", "a", "b"], srilm.Vocabulary);
        Assert.Equal(["<unk>", "<eos>", "b", "a"], Of(Kenlm).Vocabulary);
        AssertSame(srilm, kenlm);
        Assert.Equal("whitespace", srilm.Tokenizer.Settings["name"]);
    }

    [Fact]
    public void A_model_that_is_written_is_read_as_it_was()
    {
        var model = Of(Srilm);
        var arpa = ArpaOf(model);

        Assert.Equal("""

            \data\
            ngram 1=5
            ngram 2=4
            ngram 3=1

            \1-grams:
            -1	<unk>
            -0.6	</s>
            -99	<s>	-0.2
            -0.4	a	-0.3
            -0.5	b	-0.1

            \2-grams:
            -0.3	<s> a	-0.4
            -0.7	a </s>
            -0.2	a b	0.05
            -0.25	b </s>

            \3-grams:
            -0.1	<s> a b

            \end\

            """.ReplaceLineEndings("\n"), arpa);
        AssertSame(model, Of(arpa), 1e-6);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Numbers_are_written_and_read_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        var arpa = ArpaOf(Of(Srilm));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(arpa, ArpaOf(Of(arpa)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_model_of_words_alone_is_read()
    {
        var model = Of("\\data\\\nngram 1=3\n\n\\1-grams:\n-0.5 </s>\n-99 <s>\n-0.2 a\n\\end\\");

        Assert.Equal(1, model.Order);
        Assert.Equal(Natural(-0.2), model.LogProbability([], 2), 1e-6);
        // The file knows no unknown words.
        Assert.Equal(Natural(-99), model.LogProbability([], 0), 1e-4);
        AssertSame(model, Of(ArpaOf(model)), 1e-5);
    }

    [Fact]
    public void What_stands_before_the_data_and_blanks_are_passed_over()
    {
        AssertSame(Of(Srilm), Of("made by hand\n\n" + Srilm.Replace("\n-", "\n\n  -").Replace("\t", " \t ")));
    }

    [Theory]
    [InlineData("-inf")]
    [InlineData("-Inf")]
    [InlineData("-99")]
    public void A_probability_of_zero_is_read(string zero)
        => Assert.Equal(Natural(-99), Of(Srilm.Replace("-0.1\t<s> a b", $"{zero}\t<s> a b")).LogProbability([1, 2], 3), 1e-4);

    [Fact]
    public void The_unknown_word_may_be_written_in_capitals()
    {
        var model = Of(Srilm.Replace("-1\t<unk>\t0", "-1\t<UNK>\t-0.5").Replace("-0.2\ta b", "-0.2\ta <UNK>"));
        Assert.Equal(["<UNK>", "<eos>", "b", "a"], model.Vocabulary);
        Assert.Equal(Natural(-0.2), model.LogProbability([3], 0), 1e-6);
        Assert.Equal(Natural(-0.5 - 0.5), model.LogProbability([0], 2), 1e-6);
        Assert.Equal(Natural(-0.1), model.LogProbability([1, 3], 2), 1e-6);
    }

    [Fact]
    public void A_word_that_is_the_librarys_own_mark_is_a_word()
    {
        var model = Of(Srilm.Replace("\tb\t", "\t<eos>\t").Replace("a b", "a <eos>").Replace("b </s>", "<eos> </s>"));
        Assert.Equal(["<unk>", "</s>", "a", "<eos>"], model.Vocabulary);
        AssertSame(model, Of(ArpaOf(model)), 1e-6);
    }

    [Theory]
    [InlineData("\\data\\", "\\dat\\", "no line \\data\\")]
    [InlineData("ngram 1=5\n", "", "Line 3: there is the count of order 2 where that of 1 must be")]
    [InlineData("ngram 2=4", "ngram 2", "Line 4: there is \"ngram 2\"; it must be like ngram 1=1000")]
    [InlineData("ngram 2=4", "ngram 2=-4", "Line 4: there is \"ngram 2=-4\"")]
    [InlineData("ngram 2=4", "ngram 3=4", "Line 4: there is the count of order 3")]
    [InlineData("ngram 2=4", "ngram 2=3", "there are more 2-grams than the 3")]
    [InlineData("ngram 2=4", "ngram 2=5", "Line 20: there are 4 2-grams; the head of the file tells of 5")]
    [InlineData("ngram 1=5", "ngram 1=6", "Line 14: there are 5 1-grams; the head of the file tells of 6")]
    [InlineData("ngram 3=1", "ngram 3=99999999999", "Line 5: there are to be 99999999999 n-grams")]
    [InlineData("ngram 3=1\n", "ngram 3=1\nngram 4=0\n", "\"\\end\\\" where \\4-grams: must be")]
    [InlineData("\\2-grams:", "\\3-grams:", "Line 14: there is \"\\3-grams:\" where \\2-grams: must be")]
    [InlineData("\\end\\", "", "there is the end of the file where \\end\\ must be")]
    [InlineData("\\end\\", "\\end\\\nmore", "goes on after \\end\\")]
    [InlineData("-0.4\ta\t-0.3", "-0.4\ta\tx", "Line 11: \"x\" is not a finite number")]
    [InlineData("-0.4\ta\t-0.3", "nan\ta\t-0.3", "Line 11: \"nan\" is not a finite number")]
    [InlineData("-0.4\ta\t-0.3", "-1e39\ta\t-0.3", "Line 11: \"-1e39\" is not a finite number")]
    [InlineData("-0.4\ta\t-0.3", "0.4\ta\t-0.3", "Line 11: the logarithm of a probability is above 0")]
    [InlineData("-0.4\ta\t-0.3", "-0,4\ta\t-0.3", "Line 11: \"-0,4\" is not a finite number")]
    [InlineData("-0.4\ta\t-0.3", "-0.4\ta a\t-0.3", "Line 11: there is \"-0.4\\u0009a a\\u0009-0.3\"; it must be the logarithm of a probability, 1 word")]
    [InlineData("-0.4\ta\t-0.3", "-0.4", "Line 11: there is \"-0.4\"; it must be")]
    [InlineData("-0.5\tb\t-0.1", "-0.5\ta\t-0.1", "Line 12: the word \"a\" is there a second time")]
    [InlineData("-0.5\tb\t-0.1", "-0.5\t<s>\t-0.1", "Line 12: the word <s> is there a second time")]
    [InlineData("a b", "a c", "Line 16: there is no 1-gram \"c\"")]
    [InlineData("a b\t", "a </s>\t", "Line 17: the n-gram \"a </s>\" is there a second time")]
    [InlineData("a b\t", "a <s>\t", "Line 16: <s> can only be the first word")]
    [InlineData("a b\t", "</s> b\t", "Line 16: </s> can only be the last word")]
    [InlineData("<s> a b", "b a b", "Line 21: there is no 2-gram \"b a\", with which \"b a b\" begins")]
    [InlineData("<s> a b", "<s> a b\t-0.2", "Line 21: there is")]
    [InlineData("-0.4\ta\t-0.3", "-0.4\ta\t99", "Line 11: its back-off weight gives \"a\" a probability above one")]
    [InlineData("-0.5\tb\t-0.1", "-0.5\tb\t0.5", "Line 12: its back-off weight gives \"a\"")]
    [InlineData("-99\t<s>\t-0.2", "-99\t<s>\t0.6", "Line 9: its back-off weight gives \"b\"")]
    [InlineData("-0.2\ta b\t0.05", "-0.2\ta b\t3", "Line 16: its back-off weight gives \"a\"")]
    [InlineData("-0.3\t<s> a\t-0.4", "-0.3\t<s> a\t99", "Line 15: its back-off weight gives \"a\"")]
    [InlineData("-0.6\t</s>", "-0.6\tc", "There is no 1-gram </s>")]
    public void A_file_that_is_not_right_is_refused_with_the_line(string right, string wrong, string fault)
    {
        var arpa = Srilm.ReplaceLineEndings("\n");
        Assert.Contains(right, arpa, StringComparison.Ordinal);
        Assert.Contains(fault, Assert.Throws<ModelFormatException>(() => Of(arpa.Replace(right, wrong))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-0.4\ta\t-0.3", "0.00004\ta\t-0.3", 0)]
    [InlineData("-0.2\ta b\t0.05", "-0.2\ta b\t0.5", -0.4)]
    public void What_rounding_leaves_above_one_is_read(string right, string rounded, double logProbability)
        => Assert.Equal(Natural(logProbability), Of(Srilm.Replace(right, rounded)).LogProbability([], 2), 1e-6);

    [Fact]
    public void A_back_off_weight_of_the_unknown_word_in_capitals_is_checked_too()
    {
        var arpa = Srilm.ReplaceLineEndings("\n").Replace("-1\t<unk>\t0", "-1\t<UNK>\t2");
        Assert.Contains("Line 10: its back-off weight gives \"a\"", Assert.Throws<ModelFormatException>(() => Of(arpa)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_anywhere_is_refused()
    {
        var arpa = Srilm.ReplaceLineEndings("\n").TrimEnd();
        for (var length = 0; length < arpa.Length; length++) Assert.Throws<ModelFormatException>(() => Of(arpa[..length]));
    }

    [Fact]
    public void Counts_of_the_head_take_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<ModelFormatException>(() => Of(Srilm.Replace("=4", "=2000000000")));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Words_other_than_those_of_a_vocabulary_are_refused()
    {
        Assert.Contains("\"b\" is not in the vocabulary", Fault("a", "c"), StringComparison.Ordinal);
        Assert.Contains("There is no 1-gram \"c\"", Fault("a", "b", "c"), StringComparison.Ordinal);
        Assert.Contains("\"b\" ends lines", Assert.Throws<ModelFormatException>(() => Of(Srilm, new Vocabulary(["<unk>", "b", "a"]))).Message, StringComparison.Ordinal);

        static string Fault(params string[] words) => Assert.Throws<ModelFormatException>(() => Of(Srilm, new Vocabulary(["<unk>", "<eos>", .. words]))).Message;
    }

    [Theory]
    [InlineData("<s>", "another meaning")]
    [InlineData("</s>", "another meaning")]
    [InlineData("x y", "white space")]
    public void A_word_that_cannot_be_written_is_refused_before_anything_is(string word, string fault)
    {
        var model = Of(Srilm);
        var other = new NGramModel(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>", "a", word]), model.Table);
        using var stream = new MemoryStream();
        Assert.Contains(fault, Assert.Throws<NotSupportedException>(() => other.SaveArpa(stream)).Message, StringComparison.Ordinal);
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void A_file_on_disk_is_named_in_what_goes_wrong()
    {
        using var folder = new Folder();
        File.WriteAllText(folder["good.arpa"], Srilm);
        AssertSame(Of(Srilm), NGramModel.LoadArpa(folder["good.arpa"]));
        NGramModel.LoadArpa(folder["good.arpa"]).SaveArpa(folder["again.arpa"]);
        AssertSame(Of(Srilm), NGramModel.LoadArpa(folder["again.arpa"]), 1e-6);

        File.WriteAllText(folder["bad.arpa"], "text");
        Assert.Contains("bad.arpa", Assert.Throws<ModelFormatException>(() => NGramModel.LoadArpa(folder["bad.arpa"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(folder["latin.arpa"], Encoding.Latin1.GetBytes(Srilm.Replace("a", "é", StringComparison.Ordinal)));
        Assert.Contains("latin.arpa", Assert.Throws<ModelFormatException>(() => NGramModel.LoadArpa(folder["latin.arpa"])).Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => NGramModel.LoadArpa(folder["none.arpa"]));
        Assert.ThrowsAny<OperationCanceledException>(() => NGramModel.LoadArpa(folder["good.arpa"], null, null, new CancellationToken(canceled: true)));
    }

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rnnlm-arpa-");

        public string this[string name] => Path.Join(folder.FullName, name);

        public void Dispose() => folder.Delete(recursive: true);
    }
}

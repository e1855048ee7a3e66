namespace RnnLm.Tests.Text;

public class TokenizerSettingsTests
{
    public static TheoryData<Tokenizer> Tokenizers =>
    [
        Tokenizer.Whitespace,
        Tokenizer.Characters,
        Tokenizer.Text(),
        Tokenizer.Text(lowerCase: true),
        Tokenizer.Text(numberClass: NumberClass.Digits),
        Tokenizer.Text(lowerCase: true, numberClass: NumberClass.Word),
    ];

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void A_tokenizer_made_of_settings_splits_like_the_one_that_gave_them(Tokenizer tokenizer)
    {
        var copy = Tokenizer.Create(tokenizer.Settings);
        const string text = "The 12 Dogs' 3.5 Bones";
        Assert.Equal(tokenizer.Tokenize(text), copy.Tokenize(text));
        Assert.Equal(tokenizer.Settings, copy.Settings);
        Assert.Equal(tokenizer.Name, tokenizer.Settings["name"]);
        Assert.Equal(tokenizer.GetType(), copy.GetType());
    }

    [Fact]
    public void Settings_are_the_same_in_every_culture()
    {
        using var turkish = new CurrentCulture("tr-TR");
        var settings = Tokenizer.Text(lowerCase: true, NumberClass.Digits).Settings;
        Assert.Equal(
            new Dictionary<string, string> { ["name"] = "text", ["normalization"] = "nfc", ["lowerCase"] = "true", ["numberClass"] = "digits" },
            settings);
    }

    [Fact]
    public void A_value_that_is_null_is_refused()
    {
        // As JSON may say it.
        foreach (var tokenizer in Tokenizers.Select<object[], Tokenizer>(row => (Tokenizer)row[0]).Append(SubwordModels.Tokenizer()))
        {
            foreach (var key in tokenizer.Settings.Keys)
            {
                var settings = new Dictionary<string, string>(tokenizer.Settings) { [key] = null! };
                Assert.Contains($"\"{key}\" is null", Assert.Throws<FormatException>(() => Tokenizer.Create(settings)).Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void An_option_that_is_missing_has_its_default()
    {
        var tokenizer = Assert.IsType<TextTokenizer>(Tokenizer.Create(new Dictionary<string, string> { ["name"] = "text" }));
        Assert.False(tokenizer.LowerCase);
        Assert.Equal(NumberClass.None, tokenizer.NumberClass);
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void A_tokenizer_says_that_it_normalizes_text(Tokenizer tokenizer)
    {
        Assert.True(tokenizer.NormalizesUnicode);
        Assert.Equal("nfc", tokenizer.Settings["normalization"]);
    }

    [Theory]
    [MemberData(nameof(Tokenizers))]
    public void Settings_that_do_not_say_so_are_of_a_tokenizer_that_takes_text_as_it_is(Tokenizer tokenizer)
    {
        var settings = tokenizer.Settings.Where(setting => setting.Key != "normalization").ToDictionary();
        var before = Tokenizer.Create(settings);
        Assert.False(before.NormalizesUnicode);
        Assert.Equal(settings, before.Settings);
        Assert.Equal("e\u0301", string.Concat(before.Tokenize("e\u0301")));
    }

    [Theory]
    [InlineData("ΣΟΦΟΣ İi", "σοφοσ|İi")]
    [InlineData("STRASSE ÉTÉ", "strasse|été")]
    public void The_lower_case_of_saved_models_is_as_it_was(string text, string words)
        => Assert.Equal(words.Split('|'), Tokenizer.Create(new Dictionary<string, string> { ["name"] = "text", ["lowerCase"] = "true" }).Tokenize(text));

    [Fact]
    public void A_tokenizer_for_a_vocabulary_that_is_not_normalized_takes_text_as_it_is()
    {
        Assert.Same(Tokenizer.Whitespace, Tokenizer.Whitespace.For(new Vocabulary(["<unk>", "<eos>", "café"])));
        var before = Tokenizer.Whitespace.For(new Vocabulary(["<unk>", "<eos>", "cafe\u0301"]));
        Assert.False(before.NormalizesUnicode);
        Assert.Equal(["cafe\u0301"], before.Tokenize("cafe\u0301"));
    }

    [Theory]
    [InlineData("", "lack \"name\"", "whitespace, text, characters or subwords")]
    [InlineData("name=words", "\"words\" is unknown", "whitespace, text, characters or subwords")]
    [InlineData("name=text;lowerCase=yes", "\"lowerCase\" is \"yes\"", "true or false")]
    [InlineData("name=text;numberClass=5", "\"numberClass\" is \"5\"", "none, digits or word")]
    [InlineData("name=text;normalization=nfkc", "\"normalization\" is \"nfkc\"", "nfc, or not be there")]
    [InlineData("name=text;stem=true", "no option \"stem\"", "\"normalization\" and \"lowerCase\" and \"numberClass\"")]
    [InlineData("name=whitespace;lowerCase=true", "no option \"lowerCase\"", "it has \"normalization\"")]
    public void Settings_that_are_unknown_are_refused_with_what_would_be_right(string settings, string wrong, string right)
    {
        var pairs = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='));
        var exception = Assert.Throws<FormatException>(() => Tokenizer.Create(pairs.ToDictionary(pair => pair[0], pair => pair[1])));
        Assert.Contains(wrong, exception.Message);
        Assert.Contains(right, exception.Message);
    }
}

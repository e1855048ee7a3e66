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
            new Dictionary<string, string> { ["name"] = "text", ["lowerCase"] = "true", ["numberClass"] = "digits" },
            settings);
    }

    [Fact]
    public void An_option_that_is_missing_has_its_default()
    {
        var tokenizer = Assert.IsType<TextTokenizer>(Tokenizer.Create(new Dictionary<string, string> { ["name"] = "text" }));
        Assert.False(tokenizer.LowerCase);
        Assert.Equal(NumberClass.None, tokenizer.NumberClass);
    }

    [Theory]
    [InlineData("", "lack \"name\"", "whitespace, text or characters")]
    [InlineData("name=words", "\"words\" is unknown", "whitespace, text or characters")]
    [InlineData("name=text;lowerCase=yes", "\"lowerCase\" is \"yes\"", "true or false")]
    [InlineData("name=text;numberClass=5", "\"numberClass\" is \"5\"", "none, digits or word")]
    [InlineData("name=text;stem=true", "no option \"stem\"", "\"lowerCase\" and \"numberClass\"")]
    [InlineData("name=whitespace;lowerCase=true", "no option \"lowerCase\"", "it has none")]
    public void Settings_that_are_unknown_are_refused_with_what_would_be_right(string settings, string wrong, string right)
    {
        var pairs = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='));
        var exception = Assert.Throws<FormatException>(() => Tokenizer.Create(pairs.ToDictionary(pair => pair[0], pair => pair[1])));
        Assert.Contains(wrong, exception.Message);
        Assert.Contains(right, exception.Message);
    }
}

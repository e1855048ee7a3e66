namespace RnnLm.Tests.Text;

public class TextJoinTests
{
    [Theory]
    [InlineData("Hello, world!")]
    [InlineData("I don't know; she’s away (today) [or not] {ever}.")]
    [InlineData("\"Yes,\" he said, \"and then?\" She nodded.")]
    [InlineData("He wrote “the ‘new’ one” and ‘that’.")]
    [InlineData("the dogs’ bones")]
    [InlineData("A well-known, 20-year-old dog and/or cat")]
    [InlineData("Wait... what?! No--never—not once…")]
    [InlineData("“Never!”—“Always,” and (once)—never.")]
    [InlineData("— Oui, dit-elle.")]
    [InlineData("1914–1918 – the war")]
    [InlineData("From (-5°) to “+3”: $5.50, up 10%, 2 + 3.")]
    [InlineData("See #12 and @name (in \"quotes\").")]
    [InlineData("„Größe“, sagte »Anna« oder «Berta».")]
    [InlineData("«Bonjour», dit-il.")]
    [InlineData("¿Qué? ¡No!")]
    [InlineData("مرحبا، كيف حالك؟")]
    [InlineData("नमस्ते दुनिया।")]
    [InlineData("我喜欢2024年的书，你呢？")]
    [InlineData("他说“你好”。（真的）")]
    [InlineData("「時々、コーヒーを飲みます。」")]
    [InlineData("한국어를 배웁니다.")]
    [InlineData("the <unk>, of course")]
    public void Text_written_the_usual_way_comes_back_as_it_was(string text)
    {
        var tokenizer = Tokenizer.Text();
        Assert.Equal(text, tokenizer.Join(tokenizer.Tokenize(text)));
    }

    [Theory]
    [InlineData("a|.|b", "a. b")]
    [InlineData("1|,|2", "1, 2")]
    [InlineData("don|'|t", "don 't")]
    [InlineData(".|.", ". .")]
    [InlineData("アメリカ|コーヒー", "アメリカ コーヒー")]
    [InlineData("(|\u0301a|)", "( \u0301a)")]
    [InlineData("<|unk|>", "< unk >")]
    public void A_space_is_kept_where_the_words_would_run_together(string words, string text) =>
        Assert.Equal(text, Tokenizer.Text().Join(words.Split('|')));

    [Fact]
    public void No_words_are_joined_to_empty_text() => Assert.Equal("", Tokenizer.Text().Join([]));

    [Fact]
    public void Quotation_marks_of_one_text_do_not_count_for_the_next()
    {
        var tokenizer = Tokenizer.Text();
        Assert.Equal("say \"no", tokenizer.Join(["say", "\"", "no"]));
        Assert.Equal("say \"no", tokenizer.Join(["say", "\"", "no"]));
    }
}

namespace RnnLm.Tests.Text;

public class TextTokenizerTests
{
    // English
    [Theory]
    [InlineData("Hello, world!", "Hello|,|world|!")]
    [InlineData("I don't know; she’s away.", "I|don't|know|;|she’s|away|.")]
    [InlineData("the dogs' 'new' bones", "the|dogs|'|'|new|'|bones")]
    [InlineData("A well-known, 20-year-old dog", "A|well|-|known|,|20|-|year|-|old|dog")]
    [InlineData("3.14 is not 1,000 nor 1'000; 5.", "3.14|is|not|1,000|nor|1'000|;|5|.")]
    [InlineData("e.g. the U.S. at 12:30, v1.2", "e.g|.|the|U.S|.|at|12|:|30|,|v1.2")]
    [InlineData("Wait... what?! No--never.", "Wait|...|what|?|!|No|--|never|.")]
    [InlineData("snake_case _emphasis_ a__b", "snake_case|_|emphasis|_|a|_|_|b")]
    [InlineData("me@example.org costs $5.50 (10%)", "me|@|example.org|costs|$|5.50|(|10|%|)")]
    [InlineData("x<y, 10m² of H₂O, chapter Ⅳ", "x|<|y|,|10m²|of|H₂O|,|chapter|Ⅳ")]
    // German, French, Spanish, Catalan, Swedish
    [InlineData("„Größe“, sagte er – nicht wahr?", "„|Größe|“|,|sagte|er|–|nicht|wahr|?")]
    [InlineData("L’été, c’est « l’amour » !", "L’été|,|c’est|«|l’amour|»|!")]
    [InlineData("l'e\u0301te\u0301", "l'été")]
    [InlineData("¿Qué? ¡No!", "¿|Qué|?|¡|No|!")]
    [InlineData("col·laborar", "col·laborar")]
    [InlineData("k:a", "k|:|a")]
    // Greek, Russian, Hebrew, Arabic, Persian
    [InlineData("Οδός; Ναι.", "Οδός|;|Ναι|.")]
    [InlineData("Привет, мир!", "Привет|,|мир|!")]
    [InlineData("צה\"ל ו\"שלום\"", "צה\"ל|ו\"שלום|\"")]
    [InlineData("مرحبا، كيف حالك؟ ١٢٫٥ و١٬٠٠٠", "مرحبا|،|كيف|حالك|؟|١٢٫٥|و١٬٠٠٠")]
    [InlineData("مُحَمَّد", "مُحَمَّد")]
    [InlineData("می\u200Cخواهم", "می\u200Cخواهم")]
    // Hindi, Tamil
    [InlineData("नमस्ते दुनिया। १२३", "नमस्ते|दुनिया|।|१२३")]
    [InlineData("தமிழ் மொழி", "தமிழ்|மொழி")]
    // Chinese, Japanese, Korean
    [InlineData("我喜欢2024年的Windows系统。", "我|喜|欢|2024|年|的|Windows|系|统|。")]
    [InlineData("「時々、コーヒーを飲みます。」", "「|時|々|、|コーヒー|を|飲|み|ま|す|。|」")]
    [InlineData("ｶﾀｶﾅとか\u3099", "ｶﾀｶﾅ|と|が")]
    [InlineData("𠀋〇葛\U000E0100城", "𠀋|〇|葛\U000E0100|城")]
    [InlineData("한국어를 배웁니다.", "한국어를|배웁니다|.")]
    [InlineData("大韓民國은", "大|韓|民|國|은")]
    // Thai: a run is one word, and a zero width space parts words
    [InlineData("สวัสดีครับ ทุกคน", "สวัสดีครับ|ทุกคน")]
    [InlineData("สวัสดี\u200Bครับ", "สวัสดี|ครับ")]
    // emoji
    [InlineData("Hi😀😀!", "Hi|😀|😀|!")]
    [InlineData("👍🏽👨‍👩‍👧‍👦🏳️‍🌈🇩🇪🇫🇷", "👍🏽|👨‍👩‍👧‍👦|🏳️‍🌈|🇩🇪|🇫🇷")]
    [InlineData("❤️ 1️⃣ #️⃣ ℹ️", "❤️|1️⃣|#️⃣|ℹ️")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007Fok", "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F|ok")]
    // names in angle brackets
    [InlineData("the <unk>, <eos>", "the|<unk>|,|<eos>")]
    [InlineData("<unk><unk>-<pad_1>", "<unk>|<unk>|-|<pad_1>")]
    [InlineData("我<unk>你", "我|<unk>|你")]
    [InlineData("List<T> a<b>c <b>c", "List|<|T|>|a|<|b|>|c|<|b|>|c")]
    [InlineData("< unk> <> <1> </b> <unk", "<|unk|>|<|>|<|1|>|<|/|b|>|<|unk")]
    // marks stay on the punctuation they are on
    [InlineData("..\u0301 -\u0301 <u>\u0301", ".|.\u0301|-\u0301|<|u|>\u0301")]
    [InlineData(" \u0301a", "\u0301a")]
    // what is between words and in none
    [InlineData("a\tb\u00A0c\u3000d\u2029e\0f\u001Fg\u200Dh", "a|b|c|d|e|f|g\u200Dh")]
    [InlineData("soft\u00ADhyphen \u200Fشكرا\u200F \uFEFFx", "softhyphen|شكرا|x")]
    public void Text_is_split_into_words_and_punctuation(string text, string words) =>
        Assert.Equal(words.Split('|'), Tokenizer.Text().Tokenize(text));

    [Theory]
    [InlineData("")]
    [InlineData(" \t\u00A0\u3000\r\n")]
    [InlineData("\0\u0007\u200B\u200C\u200D\u00AD\uFEFF")]
    public void Text_without_words_gives_none(string text) => Assert.Empty(Tokenizer.Text().Tokenize(text));

    [Fact]
    public void Half_a_surrogate_pair_is_read_as_the_replacement_character() =>
        Assert.Equal(["a", "\uFFFD", "b", "\uFFFD"], Tokenizer.Text().Tokenize("a\uD83Db\uDE00"));

    [Fact]
    public void A_word_longer_than_any_buffer_stays_whole()
    {
        var word = new string('X', 100_000);
        Assert.Equal([word.ToLowerInvariant(), "."], Tokenizer.Text(lowerCase: true).Tokenize(word + "."));
    }

    [Theory]
    [InlineData("Straße STRASSE ÉTÉ Привет", "straße|strasse|été|привет")]
    [InlineData("ISTANBUL İI I\u0307", "istanbul|ii|i")]
    [InlineData("ΣΟΦΟΣ ΟΔΟΣ. Σ ΣΑΣ Σ' ΑΣ'Β ΑΣ2 σοφοσ", "σοφος|οδος|.|σ|σας|σ|'|ασ'β|ας2|σοφοσ")]
    [InlineData("ΆΣ\u0301 ΑΣ\u0301Β", "άς\u0301|ασ\u0301β")]
    [InlineData("J\u030CA H\u0331", "ǰa|ẖ")]
    [InlineData("Ꮳ ǅ K", "ꮳ|ǆ|k")]
    [InlineData("𐐀𐐁 Ⅳ", "𐐨𐐩|ⅳ")]
    [InlineData("The <UNK> DON'T", "the|<UNK>|don't")]
    public void Lower_case_is_that_of_Unicode_with_a_final_sigma_at_the_end_of_a_word(string text, string words) =>
        Assert.Equal(words.Split('|'), Tokenizer.Text(lowerCase: true).Tokenize(text));

    [Fact]
    public void Lower_case_does_not_depend_on_the_current_culture()
    {
        using var turkish = new CurrentCulture("tr-TR");
        Assert.Equal("ı", "I".ToLower()); // the culture is there and differs
        Assert.Equal(["title", "in", "istanbul"], Tokenizer.Text(lowerCase: true).Tokenize("TITLE IN ISTANBUL"));
    }

    [Theory]
    [InlineData("1,250 or 9.99, the 2nd of ३४ at 𝟙𝟚 <a1>", "0,000|or|0.00|,|the|0nd|of|00|at|00|<a1>")]
    [InlineData("no digits here", "no|digits|here")]
    public void Digits_can_be_written_as_zeros(string text, string words) =>
        Assert.Equal(words.Split('|'), Tokenizer.Text(numberClass: NumberClass.Digits).Tokenize(text));

    [Theory]
    [InlineData("1,250 or -9.99, the 2nd of ३४: 5%", "<num>|or|-|<num>|,|the|2nd|of|<num>|:|<num>|%")]
    [InlineData("1️⃣ ½ v2", "1️⃣|½|v2")]
    public void Numbers_can_be_one_word(string text, string words) =>
        Assert.Equal(words.Split('|'), Tokenizer.Text(numberClass: NumberClass.Word).Tokenize(text));

    [Fact]
    public void A_number_class_that_does_not_exist_is_refused() =>
        Assert.Contains("Digits", Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Text(numberClass: (NumberClass)7)).Message);

    [Fact]
    public void Tokenizing_allocates_nothing_for_a_word()
    {
        var tokenizer = Tokenizer.Text(lowerCase: true, NumberClass.Digits);
        const string line = "The quick brown fox, who DIDN'T jump over 13 lazy dogs – 漢字 😀.";
        var count = 0;
        TokenHandler handler = _ => count++;
        tokenizer.Tokenize(line, handler); // static tables are made by now
        Allocations.AssertNone(() =>
        {
            count = 0;
            for (var i = 0; i < 100; i++) tokenizer.Tokenize(line, handler);
        });
        Assert.Equal(1700, count);
    }
}

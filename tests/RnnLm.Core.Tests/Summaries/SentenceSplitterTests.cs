using System.Diagnostics;

namespace RnnLm.Tests.Summaries;

public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("The cat sat. The dog ran! Did it? Yes.", "The cat sat.", "The dog ran!", "Did it?", "Yes.")]
    [InlineData("No end", "No end")]
    [InlineData("", new string[0])]
    [InlineData(" \n\t ", new string[0])]
    [InlineData("He said \"Go.\" She went.", "He said \"Go.\"", "She went.")]
    [InlineData("(It rained.) We stayed.", "(It rained.)", "We stayed.")]
    [InlineData("What?! No... Well… Yes!!!", "What?!", "No...", "Well…", "Yes!!!")]
    [InlineData("Wait... what is that? A cat.", "Wait... what is that?", "A cat.")]
    [InlineData("Mr. Smith met Dr. Jones vs. Prof. Lee. They spoke.", "Mr. Smith met Dr. Jones vs. Prof. Lee.", "They spoke.")]
    [InlineData("J. R. R. Tolkien wrote it. I read it.", "J. R. R. Tolkien wrote it.", "I read it.")]
    [InlineData("Use a list, e.g. Names, i.e. words. Good.", "Use a list, e.g. Names, i.e. words.", "Good.")]
    [InlineData("It cost approx. 3.50 dollars. See Fig. 3 and www.example.org/a?b=c for more. End.", "It cost approx. 3.50 dollars.", "See Fig. 3 and www.example.org/a?b=c for more.", "End.")]
    [InlineData("Was it? No. It was no. 7, in Vol. 2.", "Was it?", "No.", "It was no. 7, in Vol. 2.")]
    [InlineData("Cats, dogs etc. were there. All of them.", "Cats, dogs etc. were there.", "All of them.")]
    [InlineData("Cats, dogs etc. They were there.", "Cats, dogs etc.", "They were there.")]
    [InlineData("the cat sat . the dog ran ! did it ?", "the cat sat .", "the dog ran !", "did it ?")]
    [InlineData("it stopped . . . and went on .", "it stopped . . .", "and went on .")]
    [InlineData("Das ist z.B. Brot. Und das Nr. 5.", "Das ist z.B. Brot.", "Und das Nr. 5.")]
    public void Sentences_end_where_a_reader_of_english_or_german_sees_them_end(string text, params string[] sentences)
        => Assert.Equal(sentences, SentenceSplitter.Split(text));

    [Theory]
    [InlineData("我看见一只猫。它在垫子上!真的吗？是的。", "我看见一只猫。", "它在垫子上!真的吗？", "是的。")]
    [InlineData("我看见一只猫。它在垫子上！真的吗？是的。", "我看见一只猫。", "它在垫子上！", "真的吗？", "是的。")]
    [InlineData("他说：「走吧。」她走了。", "他说：「走吧。」", "她走了。")]
    [InlineData("他说：“走吧。”她走了", "他说：“走吧。”", "她走了")]
    [InlineData("値は３．１４です。次。", "値は３．１４です。", "次。")]
    [InlineData("यह एक बिल्ली है। वह सोती है।", "यह एक बिल्ली है।", "वह सोती है।")]
    [InlineData("هل هذا صحيح؟ نعم.", "هل هذا صحيح؟", "نعم.")]
    public void Sentences_of_other_scripts_end_as_their_own_marks_say(string text, params string[] sentences)
        => Assert.Equal(sentences, SentenceSplitter.Split(text));

    [Theory]
    [InlineData("A title\n\nThe cat\nsat. The dog", "A title", "The cat\nsat.", "The dog")]
    [InlineData("A title\r\n \r\nThe cat\r\nsat.", "A title", "The cat\r\nsat.")]
    public void An_empty_line_ends_a_sentence_and_a_line_break_does_not(string text, params string[] sentences)
        => Assert.Equal(sentences, SentenceSplitter.Split(text));

    [Theory]
    [InlineData(".")]
    [InlineData("!.")]
    [InlineData("。．1")]
    [InlineData(". ")]
    [InlineData(".)")]
    [InlineData("\n ")]
    [InlineData("a.")]
    public void The_work_is_in_proportion_to_the_text_whatever_it_is_made_of(string part)
    {
        var text = $"A{string.Concat(Enumerable.Repeat(part, 1 << 20))}x";
        Assert.NotEmpty(SentenceSplitter.Split(text)); // in proportion to its square it would be hours
    }

    [Fact]
    public void No_text_loses_a_character_but_white_space()
    {
        var random = new Random(1);
        const string Alphabet = ".!?。… \n\t\"')(aBé中1,\uD83D\uDE00\uD800";
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var sentences = SentenceSplitter.Split(text);
            Assert.Equal(WithoutSpace(text), WithoutSpace(string.Concat(sentences)));
            Assert.All(sentences, sentence => Assert.Equal(sentence.Trim(), sentence));
            Assert.DoesNotContain("", sentences);
            Assert.Equal(sentences, SentenceSplitter.RangesIn(text).Select(range => text[range]));
        }

        static string WithoutSpace(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
    }

    [Theory]
    [InlineData("", ".", "a")]
    [InlineData("a", ".", " b")]
    [InlineData("a", "…?.", "b")]
    [InlineData("", ". ", "")]
    public void A_long_run_of_marks_is_gone_through_once(string before, string repeated, string after = "")
    {
        var text = before + string.Concat(Enumerable.Repeat(repeated, 200_000)) + after;
        var watch = Stopwatch.StartNew();
        Assert.Equal([text.Trim()], SentenceSplitter.Split(text));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20)); // each mark against each other takes minutes
    }

    [Theory]
    [InlineData("a. b\nc\r\n\r\n d \re", "a. b", "c", "d", "e")]
    [InlineData("\n\n", new string[0])]
    public void Lines_are_sentences_where_that_is_asked_for(string text, params string[] lines)
        => Assert.Equal(lines, SentenceSplitter.LinesIn(text).Select(range => text[range]));
}

namespace RnnLm;

/// <summary>A plain text form of n-best lists and of transcripts, a line for each.</summary>
public enum NBestFormat
{
    /// <summary>
    /// A line a hypothesis: the utterance's name, its scores, and its text, with tabs between them. The hypotheses of an utterance follow one another, and all have as
    /// many scores as the first. A transcript is the name, a tab and the text.
    /// </summary>
    TabSeparated,

    /// <summary>
    /// A line a list: <c>{"utterance":"u1","hypotheses":[{"text":"a b","scores":[-1.5]}]}</c>, with <c>reference</c> and <c>conversation</c> where they are known. A
    /// transcript has <c>utterance</c> and <c>reference</c>.
    /// </summary>
    JsonLines,

    /// <summary>
    /// Kaldi's text archives, as <c>nbest-to-linear</c> leaves them: <c>utt-1 word word</c>, where the number behind the last hyphen is the place in the list, and
    /// scores in files of their own, <c>utt-1 12.3</c>, in the same order. They are costs. A transcript is <c>utt word word</c>.
    /// </summary>
    Kaldi,

    /// <summary>
    /// SCLITE's transcripts: the words and the utterance's name in parentheses, <c>word word (utt)</c>; of an n-best list <c>word word (utt-1)</c> with the place
    /// in the list, and scores in files of their own as Kaldi's. Lines that begin with <c>;;</c> are passed over. Alternations in braces are refused.
    /// </summary>
    Trn,
}

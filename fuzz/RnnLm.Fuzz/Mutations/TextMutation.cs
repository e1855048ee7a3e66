using System.Text;

namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes text by characters that tokenizers, line readers and readers of values treat in ways of their own.</summary>
/// <param name="encoding">How an input holds text.</param>
internal sealed class TextMutation(Encoding encoding) : IMutation
{
    private static readonly string[] Texts =
    [
        " ", "  ", "\t", "\n", "\r", "\r\n", "\0", "\u0085", "\u2028", "\u2029", "\u00a0", "\ufeff", "\ufffd", "\ud800", "\udc00", "\ud83d\ude00", "e\u0301", "\u00e9", "\u0130",
        "I", "\u0131", "\u00df", "\u1e9e", "\u03a3", "\u03c2", "\uac00", "\u1100\u1161", "\u200b", "\u200d", "\u00ad", "\u202e", "\"", "'", "`", "''", "``", "\u201c", "\u201d", "\u2019", "(", ")",
        "[", "]", "{", "}", "<", ">", "<unk>", "<eos>", ".", "...", "\u2026", ",", ";", ":", "!", "?", "-", "--", "\u2014", "/", "\\", "@", "@-@", "#", "$", "%", "&", "*", "+", "=", "0", "1", "9", "1,000",
        "1.5", "-1", "1e5", "\u0661", "\u00bd", "n't", "'s", "can't", "U.S.", "e.g.", "a.b", "http://a.b/c?d=e", "a@b.c", "0x10", "1e400", "00:30:00", "1.02:03:04", "5m", "2147483648", "2000,10000",
    ];

    public byte[] Apply(byte[] input, Dice dice)
    {
        var text = new StringBuilder(encoding.GetString(input));
        for (var changes = dice.ShortLength(5); changes > 0; changes--)
        {
            var place = dice.Below(text.Length + 1);
            var length = Math.Min(dice.ShortLength(16), text.Length - place);
            switch (dice.Below(6))
            {
                case 0 or 1 or 2:
                    text.Insert(place, dice.Pick(Texts));
                    break;
                case 3:
                    text.Remove(place, length);
                    break;
                case 4:
                    text.Insert(dice.Below(text.Length + 1), text.ToString(place, length));
                    break;
                default:
                    var (at, donor) = (dice.Below(dice.Donor.Length), encoding.GetString(dice.Donor));
                    if (at < donor.Length) text.Insert(place, donor.AsSpan(at, Math.Min(dice.ShortLength(16), donor.Length - at)));
                    break;
            }
        }
        return encoding.GetBytes(text.ToString());
    }
}

using System.Text;

namespace RnnLm.Fuzz.Samples;

/// <summary>N-gram models as small as can be.</summary>
internal static class TinyNGrams
{

    /// <summary>Models by a name.</summary>
    public static IEnumerable<(string Name, NGramModel Model)> All()
    {
        yield return ("trigram", NGramTrainer.Train(Tokenizer.Whitespace, ["a b", "a", "", "b a b . a"], new NGramOptions { Order = 3 }));
        yield return ("words", NGramTrainer.Train(Tokenizer.Text(lowerCase: true), ["A b."], new NGramOptions { Order = 1 }));
        yield return ("longer-than-lines", NGramTrainer.Train(Tokenizer.Whitespace, new Vocabulary(["<unk>", "<eos>"]), ["a"], new NGramOptions { Order = 4 }));
    }

    /// <summary>A model's file.</summary>
    public static byte[] File(NGramModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    /// <summary>A model's ARPA file.</summary>
    public static byte[] Arpa(NGramModel model)
    {
        using var stream = new MemoryStream();
        model.SaveArpa(stream);
        return stream.ToArray();
    }

    /// <summary>An ARPA file as other programs write one: a head, spaces for tabs, zeros for weights, n-grams in no order.</summary>
    public static byte[] ForeignArpa() => Encoding.UTF8.GetBytes(
        "made by hand\r\n\\data\\\r\nngram 1 = 5\r\nngram 2 = 3\r\n\r\n\\1-grams:\r\n-1.5 <UNK> 0\r\n-inf <s> -0.25\r\n-0.5 </s>\r\n-2.5e-1 b 0.125\r\n-1 a -0.5\r\n\r\n"
        + "\\2-grams:\r\n-0.3 b </s>\r\n-0.2 <s> b\r\n-0.1 a b\r\n\r\n\\end\\\r\n");
}

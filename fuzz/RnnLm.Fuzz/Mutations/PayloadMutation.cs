using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using RnnLm.Pipelines;

namespace RnnLm.Fuzz.Mutations;

/// <summary>
/// Changes the text that carries a model through a pipeline: the settings or the model file in it, with a checksum that is right again, or the text
/// itself. Pieces stand in UTF-16, each ended by a line feed.
/// </summary>
internal sealed class PayloadMutation : IMutation
{
    public const char Separator = '\n';

    public static readonly PayloadMutation Instance = new();

    private PayloadMutation()
    {
    }

    public byte[] Apply(byte[] input, Dice dice)
    {
        var pieces = PiecesOf(input);
        return BytesOf(Changed(pieces, dice));
    }

    /// <summary>The pieces that an input holds.</summary>
    public static ReadOnlyMemory<char>[] PiecesOf(ReadOnlySpan<byte> input)
    {
        var text = new string(MemoryMarshal.Cast<byte, char>(input));
        return text.Length == 0 ? [] : [.. text.TrimEnd(Separator).Split(Separator).Select(piece => piece.AsMemory())];
    }

    /// <summary>The input that holds pieces.</summary>
    public static byte[] BytesOf(IEnumerable<string> pieces)
        => MemoryMarshal.AsBytes(string.Concat(pieces.Select(piece => piece + Separator)).AsSpan()).ToArray();

    /// <summary>Changes pieces.</summary>
    public static string[] Changed(ReadOnlyMemory<char>[] pieces, Dice dice)
    {
        if (dice.Chance(15)) return ChangedText(pieces, dice);
        var isPacked = pieces.Length > 0 && PackedText.Begins(pieces[0].Span);
        CarriedPayload payload;
        try
        {
            payload = CarriedPayload.Read(pieces);
        }
        catch (InvalidDataException)
        {
            return ChangedText(pieces, dice);
        }
        var settings = Encoding.UTF8.GetBytes(payload.Settings);
        using var content = new MemoryStream();
        payload.Content.CopyTo(content);
        var model = content.ToArray();
        if (model.Length == 0 || dice.Chance(60)) settings = JsonMutation.Instance.Apply(settings, dice);
        else model = new MixedMutation(SafetensorsMutation.Instance).Apply(model, dice);
        var text = Encoding.UTF8.GetString(settings);
        return isPacked ? CarriedPayload.Write(text, stream => stream.Write(model)) : Base64(text, model);
    }

    /// <summary>A payload as pipelines carried it first.</summary>
    public static string[] Base64(string settings, byte[] content)
        => [settings, Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(settings.AsSpan()))), Convert.ToBase64String(content)];

    private static string[] ChangedText(ReadOnlyMemory<char>[] pieces, Dice dice)
    {
        var texts = pieces.Select(piece => piece.ToString()).ToList();
        if (texts.Count == 0) return ["a"];
        var place = dice.Below(texts.Count);
        switch (dice.Below(4))
        {
            case 0:
                texts.RemoveAt(place);
                break;
            case 1:
                texts.Insert(place, dice.Pick(texts));
                break;
            case 2:
                var cut = dice.Below(texts[place].Length);
                texts.Insert(place + 1, texts[place][cut..]);
                texts[place] = texts[place][..cut];
                break;
            default:
                var bytes = ByteMutation.Instance.Apply(MemoryMarshal.AsBytes(texts[place].AsSpan()).ToArray(), dice);
                texts[place] = new string(MemoryMarshal.Cast<byte, char>(bytes));
                break;
        }
        return [.. texts];
    }
}

using System.Text.Json;
using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Tokenizing;

/// <summary>A tokenizer.</summary>
internal sealed record TokenizerPayload(Tokenizer Tokenizer) : IPayload<TokenizerPayload>
{
    private const string Kind = "tokenizer";
    private const int Version = 1;

    public string Settings => JsonSerializer.Serialize(
        new TokenizerSettings { Kind = Kind, Version = Version, Tokenizer = Tokenizer.Settings }, TokenizerJson.Default.TokenizerSettings);

    public void WriteContent(Stream stream)
    {
    }

    public static TokenizerPayload Read(string settings, Stream content)
    {
        var read = PayloadSettings.Read(settings, TokenizerJson.Default.TokenizerSettings, Kind, Version);
        return new(PayloadSettings.Make(Kind, () => Tokenizer.Create(read.Tokenizer)));
    }
}

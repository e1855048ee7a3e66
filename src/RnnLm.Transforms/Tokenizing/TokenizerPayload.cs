using RnnLm.Transforms.Payloads;

namespace RnnLm.Transforms.Tokenizing;

/// <summary>A tokenizer.</summary>
internal sealed record TokenizerPayload(Tokenizer Tokenizer) : IPayload<TokenizerPayload>
{
    private const string Kind = "tokenizer";
    private const int Version = 1;

    public string[] Encode()
        => PayloadSettings.Write(
            new TokenizerSettings { Kind = Kind, Version = Version, Tokenizer = Tokenizer.Settings }, TokenizerJson.Default.TokenizerSettings);

    public static TokenizerPayload Decode(ReadOnlySpan<ReadOnlyMemory<char>> slots)
        => new(Tokenizer.Create(PayloadSettings.Read(slots, TokenizerJson.Default.TokenizerSettings, Kind, Version).Tokenizer));
}

using RnnLm.Pipelines;

namespace RnnLm.Transforms.Columns;

/// <summary>
/// The columns that our steps pass to one another. A mapping's column names are part of its type, so they are the same in every
/// pipeline; each of our transformers drops them again, so several can follow one another. Those of the outputs are in the outputs' own classes.
/// </summary>
internal static class PrivateColumns
{
    public const string Prefix = "__RnnLm.";

    public const string Input = Prefix + nameof(Input);
    public const string InputType = Prefix + nameof(InputType);
    public const string Text = Prefix + nameof(Text);
    public const string Words = Prefix + nameof(Words);
    public const string OutputWords = Prefix + nameof(OutputWords);
    public const string PayloadKey = Prefix + nameof(PayloadKey);
    public const string Payload = CarriedPayload.ColumnName;
    public const string WordIds = Prefix + nameof(WordIds);
    public const string RowWords = Prefix + nameof(RowWords);
    public const string RowCharacters = Prefix + nameof(RowCharacters);
    public const string RowTexts = Prefix + nameof(RowTexts);
    public const string Candidates = Prefix + nameof(Candidates);
    public const string CandidatesType = Prefix + nameof(CandidatesType);
    public const string Places = Prefix + nameof(Places);
    public const string NoCandidate = Prefix + nameof(NoCandidate);

    /// <summary>A piece of a payload, of which <see cref="Payload"/> is put together.</summary>
    public static string PayloadPiece(int index) => Invariant($"{Payload}.{index}");
}

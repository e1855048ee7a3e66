namespace RnnLm;

public sealed partial class LanguageModel
{
    /// <summary>Whether the network's matrices, and those of every member, are of 8-bit integers, as <see cref="Quantize"/> makes them.</summary>
    public bool IsQuantized => Members.Count == 0 ? Network.IsQuantized : Members.All(member => member.IsQuantized);

    /// <summary>
    /// Makes a model of this one whose matrices are 8-bit integers with a scale for each row: little more than a quarter of the size, in
    /// memory and in the file, and several times as fast at a next word. Everything a model does, this one does too, and it saves and
    /// loads itself as what it is; a model that is quantised already gives itself.
    /// </summary>
    /// <remarks>
    /// Every weight is off by at most half of its row's scale, which is a 127th of the row's greatest magnitude. On WikiText-2 that costs
    /// less than a tenth of a percent of perplexity. The training record goes along as it is: its figures are those of the model in full
    /// precision. To train on, or to export to PyTorch, weights are what the integers stand for. Of an ensemble each member is quantised; a cache,
    /// an n-gram model and dynamic evaluation go along as they are.
    /// </remarks>
    public LanguageModel Quantize()
    {
        if (IsQuantized) return this;
        if (Members.Count > 0) return With([.. Members.Select(member => member.Quantize())]);
        return new LanguageModel(Parts with { Network = Network.Quantize() });
    }
}

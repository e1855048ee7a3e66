namespace RnnLm;

/// <summary>A full set of options by name: what is used for those that nobody has set.</summary>
public enum TrainingPreset
{
    /// <summary>Chosen by the size of the corpus and of the vocabulary and by the time allowed.</summary>
    Auto,

    /// <summary>The default that each option names, whatever the corpus is like.</summary>
    Plain,

    /// <summary>Learned and used quickly.</summary>
    Small,

    /// <summary>For hundreds of thousands of words and more.</summary>
    Medium,

    /// <summary>For a million words and more, and for hours.</summary>
    Large,

    /// <summary>For a keyboard: an LSTM with coupled gates and a projection of its output, about 2 MB in 8 bit (Hard 2018).</summary>
    Mobile,
}

namespace RnnLm.Fuzz.Mutations;

/// <summary>Makes another input of an input.</summary>
internal interface IMutation
{
    /// <summary>Makes another input.</summary>
    /// <param name="input">The input; left as it is.</param>
    /// <param name="dice">What decides.</param>
    byte[] Apply(byte[] input, Dice dice);
}

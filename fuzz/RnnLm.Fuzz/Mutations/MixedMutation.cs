namespace RnnLm.Fuzz.Mutations;

/// <summary>Changes an input as a structure, or, once in a while, as bytes.</summary>
/// <param name="structured">Changes the structure; what it cannot read is changed as bytes.</param>
/// <param name="percentOfBytes">How many times in a hundred bytes are changed.</param>
internal sealed class MixedMutation(IMutation structured, int percentOfBytes = 15) : IMutation
{
    public byte[] Apply(byte[] input, Dice dice)
    {
        if (dice.Chance(percentOfBytes)) return ByteMutation.Instance.Apply(input, dice);
        try
        {
            return structured.Apply(input, dice);
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or IOException or ArgumentException or ArithmeticException or IndexOutOfRangeException)
        {
            return ByteMutation.Instance.Apply(input, dice);
        }
    }
}

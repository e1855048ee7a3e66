using System.Numerics;

namespace RnnLm.Training.Tests.Randomness;

public class CounterGeneratorTests
{
    [Fact]
    public void Several_at_once_are_the_same_as_one_by_one()
    {
        var generator = new CounterGenerator(5, 77, 3);
        var numbers = generator.At(Vector<uint>.Indices + new Vector<uint>(uint.MaxValue - 1));
        for (var i = 0; i < Vector<uint>.Count; i++) Assert.Equal(generator.At(unchecked(uint.MaxValue - 1 + (uint)i)), numbers[i]);
    }

    [Fact]
    public void Every_bit_is_set_half_the_time()
    {
        const int Count = 100_000;
        var generator = new CounterGenerator(1, 0, 0);
        var ones = new int[32];
        for (var i = 0; i < Count; i++)
        {
            var number = generator.At((uint)i);
            for (var bit = 0; bit < 32; bit++) ones[bit] += (int)(number >> bit & 1);
        }
        Assert.All(ones, count => Assert.InRange(count, 0.49 * Count, 0.51 * Count)); // six standard deviations
    }
}

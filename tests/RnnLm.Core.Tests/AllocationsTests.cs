namespace RnnLm.Tests;

public class AllocationsTests
{
    private byte[] made = [];

    [Fact]
    public void What_is_made_each_time_is_counted()
    {
        Assert.Equal(1024, Allocations.Of(() => made = new byte[1000])); // with the array's header and length
        Assert.Equal(1000, made.Length);
    }

    [Fact]
    public void Nothing_is_counted_where_nothing_is_made() => Assert.Equal(0, Allocations.Of(() => Array.Clear(made)));
}

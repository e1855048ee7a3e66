using Xunit.Abstractions;

namespace RnnLm.StandIns.MicrosoftML.Tests;

public class SurfaceTests(ITestOutputHelper output)
{
    [Fact]
    public void The_stand_in_shows_nothing_that_the_real_package_lacks()
    {
        var real = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Microsoft.ML-5.0.0.txt")).ToHashSet();
        var standIn = ApiSurface.Describe(typeof(MLContext).Assembly).ToArray();

        var report = Array.ConvertAll(standIn, line => (real.Contains(line) ? "found    " : "MISSING  ") + line);
        output.WriteLine(string.Join(Environment.NewLine, report));
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "Microsoft.ML stand-in members.txt"), report);

        Assert.NotEmpty(standIn);
        Assert.Equal([], standIn.Except(real));
    }
}

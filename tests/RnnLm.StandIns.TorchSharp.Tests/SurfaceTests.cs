namespace RnnLm.StandIns.TorchSharp.Tests;

public class SurfaceTests
{
    // In the real package a class for hooks stands between a module with typed inputs and Module; it differs between versions,
    // so the list has no line for it. ModuleTests.A_module_with_typed_inputs_is_a_module holds for both.
    private static readonly string[] BasesWithoutTheClassForHooks =
    [
        "TorchSharp.torch.nn.Module<T, TResult> : TorchSharp.torch.nn.Module",
        "TorchSharp.torch.nn.Module<T1, T2, TResult> : TorchSharp.torch.nn.Module",
    ];

    [Fact]
    public void The_stand_in_shows_nothing_that_the_real_package_lacks()
    {
        var real = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "TorchSharp-0.102-to-0.106.txt")).ToHashSet();
        var standIn = ApiSurface.Describe(typeof(torch).Assembly).ToArray();
        Assert.NotEmpty(standIn);
        Assert.Equal(BasesWithoutTheClassForHooks, standIn.Except(real));
    }
}

using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace RnnLm.Tests.Numerics;

/// <summary>
/// Runs the other tests of this folder in a process of its own in which the runtime is told that the processor lacks an instruction set.
/// </summary>
public class InstructionSetTests
{
    // The runtime's names for the settings, and what then is no longer there.
    private const string Without512 = "DOTNET_EnableAVX512";
    private const string Without256 = "DOTNET_EnableAVX2";
    private const string WithoutAny = "DOTNET_EnableHWIntrinsic";

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(Without512)]
    [InlineData(Without256)]
    [InlineData(WithoutAny)]
    public async Task The_kernels_are_right_on_a_processor_that_lacks_an_instruction_set(string setting)
    {
        string[] classes = [nameof(InstructionSetTests), nameof(MatrixProductTests), nameof(PackedMatrixTests), nameof(QuantizedProductTests), nameof(VectorFunctionsTests)];
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList =
            {
                "vstest",
                typeof(InstructionSetTests).Assembly.Location,
                $"--TestCaseFilter:({string.Join('|', classes.Select(name => $"FullyQualifiedName~.{name}."))})"
                    + $"&FullyQualifiedName!~{nameof(The_kernels_are_right_on_a_processor_that_lacks_an_instruction_set)}",
            },
            Environment = { [setting] = "0" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{setting}=0: {output}{await errors}");
        Assert.Matches(@"Passed: +\d\d", output);
    }

    [Fact]
    public void An_instruction_set_that_is_switched_off_is_not_used()
    {
        Assert.False(Vector512.IsHardwareAccelerated && IsOff(Without512, Without256, WithoutAny));
        Assert.False(Vector256.IsHardwareAccelerated && IsOff(Without256, WithoutAny));
        Assert.False(Vector128.IsHardwareAccelerated && IsOff(WithoutAny));
    }

    private static bool IsOff(params string[] settings) => settings.Any(setting => Environment.GetEnvironmentVariable(setting) == "0");
}

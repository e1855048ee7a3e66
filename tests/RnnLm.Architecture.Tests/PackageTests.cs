using System.Reflection;

namespace RnnLm.Architecture.Tests;

public sealed class PackageTests
{
    [Theory]
    [InlineData("RnnLm.Core", "System")]
    [InlineData("RnnLm.Trainer", "System", "RnnLm.Core")]
    [InlineData("RnnLm.Onnx", "System", "RnnLm.Core", "Google.Protobuf")]
    [InlineData("RnnLm.Torch", "System", "RnnLm.Core", "RnnLm.Trainer", "TorchSharp")]
    [InlineData("RnnLm.Mpi", "System", "RnnLm.Core", "RnnLm.Trainer")]
    [InlineData("RnnLm.Transforms", "System", "RnnLm.Core", "RnnLm.Trainer", "Microsoft.ML")]
    [InlineData("RnnLm.Extensions.AI", "System", "RnnLm.Core", "Microsoft.Extensions")]
    [InlineData("RnnLm.Interactive", "System", "RnnLm.Core", "RnnLm.Trainer", "RnnLm.Transforms", "Microsoft.ML", "Microsoft.DotNet.Interactive.Formatting")]
    [InlineData("RnnLm.AspNetCore", "System", "RnnLm.Core", "Microsoft.AspNetCore", "Microsoft.Extensions", "Microsoft.Net")]
    [InlineData("rnnlm", "System", "RnnLm.Core", "RnnLm.Trainer", "RnnLm.Onnx", "RnnLm.Torch", "RnnLm.Mpi", "RnnLm.AspNetCore", "Microsoft.AspNetCore", "Microsoft.Extensions", "OpenTelemetry", "ScottPlot", "SkiaSharp")]
    public void A_package_uses_what_lies_below_it_and_nothing_else(string assembly, params string[] allowed)
        => Assert.DoesNotContain(
            Assembly.Load(assembly).GetReferencedAssemblies(),
            used => !allowed.Any(name => used.Name == name || used.Name!.StartsWith(name + ".", StringComparison.Ordinal)));
}

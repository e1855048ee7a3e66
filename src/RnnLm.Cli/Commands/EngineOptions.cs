using System.CommandLine;
using System.Runtime.CompilerServices;
using RnnLm.Torch;

namespace RnnLm.Cli.Commands;

/// <summary>The options <c>--engine</c>, <c>--device</c> and <c>--libtorch</c>. Nothing of TorchSharp is loaded where they do not ask for it.</summary>
sealed class EngineOptions
{
    private const string Managed = "managed";
    private const string TorchSharp = "torch";
    private const string LibtorchVariable = "RNNLM_LIBTORCH";

    public EngineOptions()
    {
        Device.Validators.Add(result =>
        {
            if (result.GetValue(Engine) == Managed)
                result.AddError($"--device goes with --engine {TorchSharp}; the managed engine trains on the processor.");
        });
        Libtorch.Validators.Add(result =>
        {
            if (result.GetValue(Engine) == Managed)
                result.AddError($"--libtorch goes with --engine {TorchSharp}; the managed engine needs no native library.");
        });
    }

    public Option<string> Engine { get; } = new Option<string>("--engine")
    {
        Description = "What trains: managed needs nothing but .NET, torch is TorchSharp and needs its native library. The models are of the same kind.",
        DefaultValueFactory = _ => Managed,
    }.AcceptOnlyFromAmong(Managed, TorchSharp);

    public Option<string> Device { get; } = new("--device")
    {
        Description = "Where the engine torch trains: cpu, cuda, or cuda:N. [default: cpu]",
    };

    public Option<string> Libtorch { get; } = new("--libtorch")
    {
        Description = "The folder that holds libtorch 2.10 for the engine torch: that of a NuGet package of it, of PyTorch, or of an application with it. "
            + $"[default: the environment variable {LibtorchVariable}]",
    };

    /// <returns>The engine, or null for the managed one.</returns>
    public ITrainingEngine? Read(ParseResult parsed)
        => parsed.GetRequiredValue(Engine) == TorchSharp ? CreateTorchEngine(
            parsed.GetValue(Device) ?? "cpu", parsed.GetValue(Libtorch) ?? Environment.GetEnvironmentVariable(LibtorchVariable)) : null;

    // A method of its own, so that the assembly is looked for only where it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ITrainingEngine CreateTorchEngine(string device, string? libtorch) => new TorchEngine(device, libtorch);
}

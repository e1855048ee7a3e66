using RnnLm.Torch;

namespace RnnLm.Cli.Flags;

/// <summary>The flag <c>--engine</c>, and <c>--device</c> and <c>--libtorch</c>, which go with one case of it.</summary>
static class EngineFlag
{
    /// <summary>The flag that names a folder of native code.</summary>
    public const string Libtorch = "--libtorch";

    private const string LibtorchVariable = "RNNLM_LIBTORCH";

    /// <param name="flags">Where the flags are declared.</param>
    /// <param name="set">Takes the engine, once all flags are set; null for the managed one.</param>
    public static void Engine(this FlagSet flags, Action<ITrainingEngine?> set)
    {
        Func<ITrainingEngine?> create = () => null;
        var device = "cpu";
        var libtorch = Environment.GetEnvironmentVariable(LibtorchVariable);
        var engine = flags.Choice("--engine",
            "What trains: managed needs nothing but .NET, torch is TorchSharp and needs its native library. The models are of the same kind.",
            "managed", new()
            {
                ["managed"] = () => create = () => null,
                // The assembly of this engine is looked for only where one is made.
                ["torch"] = () => create = () => new TorchEngine(device, libtorch),
            });
        flags.Optional("--device", "Where the engine torch trains: cpu, cuda, or cuda:N. [default: cpu]", Values.Text, value => device = value, shows: "cpu|cuda|cuda:N")
            .GoesWith(engine, "torch", _ => "the managed engine trains on the processor");
        flags.Optional(Libtorch,
            "The folder that holds libtorch 2.10 for the engine torch: that of its NuGet package, of PyTorch, or of an application that has it. "
            + $"[default: the environment variable {LibtorchVariable}]",
            Values.File, value => libtorch = value, shows: Placeholder.Folder)
            .GoesWith(engine, "torch", _ => "the managed engine needs no native library");
        flags.Check(() => set(create()));
    }
}

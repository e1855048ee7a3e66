using RnnLm.Torch;
using RnnLm.Torch.Tests;

// What an application does with the engine, step by step; the tests that start it look at what it prints.
var engine = new TorchEngine(args.ElementAtOrDefault(0) ?? "cpu", libtorch: args.ElementAtOrDefault(1));
Console.WriteLine($"engine: {engine.Name}");
Console.WriteLine($"loaded before the start: {string.Join(' ', Loaded())}");
try
{
    var options = Networks.Options();
    using var session = engine.Start(Networks.Weights(options), options);
    Console.WriteLine($"loaded after the start: {string.Join(' ', Loaded())}");
}
catch (InvalidOperationException error)
{
    Console.WriteLine($"error: {error.Message}");
}

static IEnumerable<string?> Loaded()
    => from assembly in AppDomain.CurrentDomain.GetAssemblies()
       let name = assembly.GetName().Name
       where name.Contains("TorchSharp", StringComparison.Ordinal)
       select name;

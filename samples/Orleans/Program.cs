using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;
using RnnLm;
using TypingSessions;

// TypingSessions MODEL [--redis HOST:PORT] [--address IP] [--port N] [--gateway N]      a silo
// TypingSessions load TEXT [--redis HOST:PORT | --gateway N] [--sessions N] [--lines N] [--pause MILLISECONDS] [--every SECONDS] [--check MODEL]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var positional = args.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToArray();
try
{
    var options = Options.Parse(args[positional.Length..]);
    switch (positional)
    {
        case ["load", var text]:
            string[] lines = [.. File.ReadLines(text).Where(line => line.Trim().Length > 0)];
            if (lines.Length > 0)
            {
                await Cluster.FindRedis(options);
                return await Load.Run(options, lines) ? 0 : 1;
            }
            Console.Error.WriteLine($"There are no lines in \"{text}\" to type.");
            return 1;
        case [not "load" and var path]:
            var model = new ServedModel(LanguageModel.Load(path));
            await Cluster.FindRedis(options);
            using (var silo = Cluster.Silo(options, model))
            {
                await silo.StartAsync();
                Console.WriteLine($"{model} is served at {(options.Redis is null ? IPAddress.Loopback : options.Address)}, port {options.Port} for silos and {options.Gateway} for clients. {(options.Redis is null ? "Sessions are in memory alone. " : "")}Ctrl+C ends this.");
                await silo.WaitForShutdownAsync();
            }
            return 0;
        default:
            Console.Error.WriteLine("Usage: TypingSessions MODEL [--redis HOST:PORT] [--address IP] [--port N] [--gateway N] | TypingSessions load TEXT [--redis HOST:PORT | --gateway N] [--sessions N] [--lines N] [--pause MILLISECONDS] [--every SECONDS] [--check MODEL]");
            return 2;
    }
}
catch (ArgumentException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 2;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ModelFormatException or NotSupportedException or OrleansException or InvalidOperationException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

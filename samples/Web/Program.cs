using System.Globalization;
using Web;

// Web [MODEL]               serves the page; MODEL is a model file or a pipeline saved by ML.NET, without one the sample model
// Web save FILE [MODEL]     writes the model in 8 bit, for Web.Browser
// Web browser FOLDER        serves what `dotnet publish` made of Web.Browser
// Options of ASP.NET Core, such as --urls http://127.0.0.1:8080, stand behind them.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var positional = args.TakeWhile(argument => !argument.StartsWith("--", StringComparison.Ordinal)).ToArray();
var options = args[positional.Length..];
try
{
    switch (positional)
    {
        case ["save", var file, .. { Length: <= 1 } model]:
            ServedModel.Load(model.FirstOrDefault()).Quantize().Save(file);
            Console.WriteLine($"Saved: {file}, {new FileInfo(file).Length / 1e6:F1} MB.");
            return 0;
        case ["browser", var folder]:
            await PageServer.ServeFolder(Path.GetFullPath(folder), options);
            return 0;
        case { Length: <= 1 } and not (["save"] or ["browser"]):
            await PageServer.ServeModel(ServedModel.Load(positional.FirstOrDefault()), options);
            return 0;
        default:
            Console.Error.WriteLine("Usage: Web [MODEL] | Web save FILE [MODEL] | Web browser FOLDER");
            return 2;
    }
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RnnLm.ModelFormatException or NotSupportedException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

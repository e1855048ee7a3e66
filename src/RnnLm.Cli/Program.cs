using System.Text;
using RnnLm.Cli;
using RnnLm.Cli.Output;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = new StreamWriter(Console.OpenStandardOutput(), Console.OutputEncoding, 1 << 14);
// What a library prints by itself, as TorchSharp does where it finds no libtorch, was not asked for.
Console.SetOut(TextWriter.Null);
using var interruption = new Interruption();
var terminal = new Terminal(Console.OpenStandardInput, output, Console.Error)
{
    IsInputInteractive = !Console.IsInputRedirected,
    IsErrorInteractive = !Console.IsErrorRedirected,
};
return RnnLmCommand.Run(args, terminal, interruption.Token);

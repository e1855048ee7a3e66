using System.Text;
using RnnLm.Cli;
using RnnLm.Cli.Output;

if (OperatingSystem.IsWindows()) Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var output = StandardStreams.OpenOutput();
using var error = StandardStreams.OpenError();
// What a library prints by itself, as TorchSharp does where it finds no libtorch, was not asked for.
Console.SetOut(TextWriter.Null);
// For as long as the process lives: the system's signal may come after the fault in writing.
var sizeLimit = FileSizeLimit.Heed();
using var interruption = new Interruption(waits: RnnLmCommand.KeepsWork(args));
var terminal = new Terminal(StandardStreams.OpenInput, output, error)
{
    IsInputInteractive = !Console.IsInputRedirected,
    IsErrorInteractive = !Console.IsErrorRedirected,
    IsOutputInteractive = !Console.IsOutputRedirected,
    IsUnicode = ScreenCapabilities.IsUnicode,
    HasColors = ScreenCapabilities.HasColors,
};
try
{
    return RnnLmCommand.Run(args, terminal, interruption.Token);
}
// What a user can mend has been said in a line; this is a fault of ours, and shows where it is.
catch (Exception fault)
{
    error.WriteLine($"rnnlm: This should not have happened; please report it. {fault}");
    return ExitCode.Failed;
}
finally
{
    GC.KeepAlive(sizeLimit);
}

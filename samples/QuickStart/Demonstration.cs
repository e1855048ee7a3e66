using System.Diagnostics;

namespace QuickStart;

/// <summary>The whole way: a pipeline is trained and saved, and a process of its own, as an application is one, loads it and completes prompts.</summary>
static class Demonstration
{
    private static readonly string[] Prompts =
        ["Gets the number of", "Returns a value that indicates", "The type of the", "Initializes a new instance of the", "An object that"];

    public static int Run(string[] prompts)
    {
        var folder = Directory.CreateTempSubdirectory("quickstart-");
        try
        {
            var path = Path.Combine(folder.FullName, "completions.zip");
            Training.Run(path);
            // Where the program is no executable of its own, it is dotnet that runs it.
            var program = Environment.ProcessPath!;
            string[] assembly = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(Demonstration).Assembly.Location] : [];
            using var application = Process.Start(program, [.. assembly, "complete", path, .. prompts.Length > 0 ? prompts : Prompts]);
            application.WaitForExit();
            return application.ExitCode;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

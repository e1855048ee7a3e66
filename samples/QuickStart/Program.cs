using System.Globalization;
using QuickStart;

// QuickStart [demo PROMPT...]              does both: trains, and has another process complete prompts
// QuickStart train MODEL.zip               learns to complete documentation comments, and saves the pipeline
// QuickStart complete MODEL.zip PROMPT...  loads it, as an application would, and completes prompts
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case [] or ["demo", ..]:
        return Demonstration.Run([.. args.Skip(1)]);
    case ["train", var path]:
        Training.Run(path);
        return 0;
    case ["complete", var path, .. var prompts]:
        Completion.Run(path, prompts);
        return 0;
    default:
        Console.Error.WriteLine("Usage: QuickStart [demo PROMPT...] | QuickStart train MODEL.zip | QuickStart complete MODEL.zip PROMPT...");
        return 2;
}

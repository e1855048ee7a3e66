using System.Globalization;
using QuickStart;

// QuickStart train MODEL.zip               learns to complete documentation comments, and saves the pipeline
// QuickStart complete MODEL.zip PROMPT...  loads it, as an application would, and completes prompts
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["train", var path]:
        Training.Run(path);
        return 0;
    case ["complete", var path, .. var prompts]:
        Completion.Run(path, prompts);
        return 0;
    default:
        Console.Error.WriteLine("Usage: QuickStart train MODEL.zip | QuickStart complete MODEL.zip PROMPT...");
        return 2;
}

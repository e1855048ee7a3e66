#!/usr/bin/env dotnet
// dotnet run train.cs -- corpus.txt [MODEL.zip]     learns to predict the next word from a file of text, one a line, and says how well it does; NextWordModel.zip where nothing is said
#:include NextWordModel.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Transforms@*-*
#:project ../../src/RnnLm.Transforms
#:property PublishAot=false
using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ([_] or [_, _]))
{
    Console.Error.WriteLine("Usage: dotnet run train.cs -- corpus.txt [MODEL.zip]");
    return 2;
}
var model = args.Length == 2 ? args[1] : NextWordModel.ModelPath;
var metrics = NextWordModel.Train(model, args[0]);
Console.WriteLine($"Held-out lines: {metrics}");
Console.WriteLine($"Saved: {model}, {new FileInfo(model).Length / 1e6:F1} MB.");
return 0;

#!/usr/bin/env dotnet
// dotnet run complete.cs -- TEXT...     the words that come next after each text, by the NextWordModel.zip that train.cs wrote into this folder; without a text, after each line of standard input
#:include NextWordModel.cs
// Outside a clone, in place of the next line:  #:package RnnLm.Transforms@*-*
#:project ../../src/RnnLm.Transforms
#:property PublishAot=false
using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (!File.Exists(NextWordModel.ModelPath))
{
    Console.Error.WriteLine($"There is no {NextWordModel.ModelPath}: dotnet run train.cs -- corpus.txt makes it.");
    return 1;
}
foreach (var text in args.Length > 0 ? args : Lines())
{
    var output = NextWordModel.Predict(new NextWordModel.ModelInput { Text = text });
    Console.WriteLine($"{text} → {string.Join("  ", output.NextWords.Zip(output.Probabilities, (word, probability) => $"{word} {probability:P1}"))}");
}
return 0;

static IEnumerable<string> Lines()
{
    while (Console.ReadLine() is { } line) yield return line;
}

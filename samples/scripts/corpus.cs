#!/usr/bin/env dotnet
// dotnet run corpus.cs -- corpus.txt [SENTENCES]     writes text to learn from: the documentation of the .NET class library, a sentence a line, 12,000 where nothing is said
#:include ../QuickStart/DocumentationCorpus.cs
#:property PublishAot=false
using System.Globalization;
using QuickStart;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var count = 12_000;
if (args.Length is not (1 or 2) || (args.Length == 2 && !int.TryParse(args[1], out count)))
{
    Console.Error.WriteLine("Usage: dotnet run corpus.cs -- corpus.txt [SENTENCES]");
    return 2;
}
var sentences = DocumentationCorpus.ReadSentences().ToArray();
// In a random order, so that every part is of the same kind.
new Random(1).Shuffle(sentences);
File.WriteAllLines(args[0], sentences.Take(count));
Console.WriteLine($"{args[0]}: {Math.Min(count, sentences.Length):N0} of {sentences.Length:N0} sentences.");
return 0;

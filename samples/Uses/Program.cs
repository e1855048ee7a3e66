using System.Globalization;
using Uses;

// Uses NAME...   runs samples, one after another
// Uses all       runs every sample
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var samples = new Dictionary<string, Action>
{
    ["onnx"] = OnnxFiles.Run,
    ["typing"] = Typing.Run,
    ["rescoring"] = Rescoring.Run,
    ["continuations"] = Continuations.Run,
    ["scores"] = Scores.Run,
    ["filling"] = Filling.Run,
    ["sentiment"] = Sentiment.Run,
    ["entities"] = Entities.Run,
    ["reasons"] = Reasons.Run,
    ["summary"] = Summary.Run,
    ["subwords"] = Subwords.Run,
};

string[] names = args is ["all"] ? [.. samples.Keys] : args;
if (names.Length == 0 || names.Any(name => !samples.ContainsKey(name)))
{
    Console.Error.WriteLine($"Usage: Uses all | NAME..., where NAME is {string.Join(", ", samples.Keys)}");
    return 2;
}
foreach (var name in names)
{
    Console.WriteLine($"== {name}");
    samples[name]();
}
return 0;

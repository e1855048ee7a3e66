using System.Globalization;
using OnnxServing;

// OnnxServing MODEL.onnx TEXT...   the words most likely to come next after each text
//
// The file is one of a network of one LSTM or CIFG layer, and gives next words:
//   rnnlm export documentation.rnnlm --onnx documentation.onnx --next-words 5
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var path, _, ..])
{
    Console.Error.WriteLine("Usage: OnnxServing MODEL.onnx TEXT...");
    return 2;
}
var words = new ExportedWords(path);
var reader = new WordReader(path, words);
foreach (var text in args[1..])
{
    var next = reader.NextWords(text);
    Console.WriteLine($"{text} → {string.Join("  ", next.Select(word => $"{word.Word} {word.Probability:P1}"))}");
}
return 0;

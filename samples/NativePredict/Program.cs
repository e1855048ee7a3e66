using System.Globalization;
using RnnLm;

// NativePredict [-k N] MODEL.rnnlm [TEXT...]   the N (5) words most likely to come next after each text; without a text, after each line of standard input
//
// Exit codes: 0 done, 1 the model or the text cannot be used, 2 the command line is wrong.
var (count, rest) = (5, args);
if (args is ["-k", ..])
{
    if (args is not [_, var number, .. var others] || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count < 1)
        return Misused("-k takes a whole number from 1 on.");
    rest = others;
}
if (rest is not [{ Length: > 0 } path, .. var texts]) return Misused("Name a model file.");
if (path.StartsWith('-')) return Misused($"There is no option \"{path}\".");
try
{
    if (Directory.Exists(path)) throw new IOException($"\"{path}\" is a folder; name a model file in it.");
    if (!File.Exists(path)) throw new FileNotFoundException($"There is no file \"{path}\".");
    var model = LanguageModel.Load(path);
    if (count > model.Vocabulary.Count) return Misused($"-k is {count}; it must be from 1 to {model.Vocabulary.Count}, the words that the model knows.");
    foreach (var text in texts is [] ? TextLines.Read(Console.OpenStandardInput(), "standard input") : texts)
        Console.WriteLine($"{text}\t{string.Join("  ", model.NextWords(text, count))}");
    return 0;
}
catch (Exception fault) when (fault is ModelFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"NativePredict: {fault.Message}");
    return 1;
}

static int Misused(string fault)
{
    Console.Error.WriteLine($"NativePredict: {fault} Usage: NativePredict [-k N] MODEL.rnnlm [TEXT...]");
    return 2;
}

namespace RnnLm.Benchmarks.Soak;

/// <summary>Models that are loaded, asked something and let go, again and again, and saved.</summary>
static class FileActivities
{
    /// <param name="subject">The model.</param>
    /// <param name="folder">Where its file is put.</param>
    public static IEnumerable<Activity> Of(Subject subject, string folder)
    {
        var (model, questions) = (subject.Model, subject.Questions);
        var path = Path.Combine(folder, $"{subject.Name}.rnnlm");
        model.Save(path);
        var file = File.ReadAllBytes(path);
        return
        [
            Named("load a file", (_, question) => Bits.Of(LanguageModel.Load(path).NextWords(questions.Line(question)))),
            Named("load a stream", (_, question) => Bits.Of(LanguageModel.Load(new MemoryStream(file)).Score(questions.Line(question)))),
            Named("save a file", (thread, _) =>
            {
                var own = Path.Combine(folder, $"{subject.Name}-{thread.Number}.rnnlm");
                model.Save(own);
                return Bits.Of<byte>(File.ReadAllBytes(own));
            }),
            Named("save a stream", (_, _) =>
            {
                using var stream = new MemoryStream();
                model.Save(stream);
                return Bits.Of<byte>(stream.ToArray());
            }),
            Named("quantize", (_, question) => Bits.Of(model.Quantize().NextWords(questions.Line(question)))),
        ];

        Activity Named(string name, Func<SoakThread, int, string?> answer) => new($"{subject.Name}: {name}", 2, answer);
    }
}

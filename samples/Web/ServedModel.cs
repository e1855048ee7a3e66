using RnnLm;
using Uses;

namespace Web;

/// <summary>The model behind the page.</summary>
static class ServedModel
{
    /// <summary>Loads a model from its file, or from a pipeline that ML.NET saved; without a path it is the sample model, trained where it has not been yet.</summary>
    public static LanguageModel Load(string? path)
    {
        if (path is null) Console.WriteLine("No model is given, so it is the sample model, which is trained the first time in a quarter of a minute. ./demo.sh trains a better one.");
        var model = path is null ? SampleModel.Get()
            : path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? LanguageModel.LoadFromPipeline(path)
            : LanguageModel.Load(path);
        return InLowerCase(model);
    }

    /// <summary>
    /// A model that knows no capital letter, since the pipeline around it wrote everything in lower case before (<c>NormalizeText</c>), is made to do that itself: people
    /// type capitals.
    /// </summary>
    private static LanguageModel InLowerCase(LanguageModel model)
    {
        if (model.Tokenizer is not TextTokenizer { LowerCase: false } tokenizer || model.Vocabulary.Any(word => word.Any(char.IsUpper)) || HasMore(model)) return model;
        return new LanguageModel(Tokenizer.Text(lowerCase: true, tokenizer.NumberClass), model.Vocabulary, model.Network.CopyWeights(), model.Training);
    }

    /// <summary>Whether more goes along with the network than a tokenizer and a vocabulary.</summary>
    private static bool HasMore(LanguageModel model) => model.Cache is not null || model.NGram is not null || model.Members.Count > 0;
}

namespace Microsoft.ML;

/// <summary>Gives every context its catalog of language models.</summary>
public static class LanguageModelingExtensions
{
    extension(MLContext mlContext)
    {
        /// <summary>Language models in pipelines.</summary>
        public LanguageModelingCatalog LanguageModeling => LanguageModelingCatalog.For(mlContext);
    }
}

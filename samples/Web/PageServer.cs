using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using RnnLm;
using WebPage;

namespace Web;

/// <summary>Serves the page: with a model behind it, or as files that bring their own.</summary>
static class PageServer
{
    // Nothing but this page's own files, and nothing that stands in the page itself.
    private const string OwnFilesOnly =
        "default-src 'none'; connect-src 'self'; img-src 'self'; style-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'";

    /// <summary>Serves the page with a model that runs here, until it is stopped.</summary>
    public static Task ServeModel(LanguageModel model, string[] options)
    {
        var app = Build(options, OwnFilesOnly);
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapQuestions(model);
        return Run(app);
    }

    /// <summary>Serves the page as it was published with a model that runs in the browser, until it is stopped. Any server of files does that as well.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder has no page.</exception>
    public static Task ServeFolder(string folder, string[] options)
    {
        if (!File.Exists(Path.Combine(folder, "index.html")))
            throw new DirectoryNotFoundException($"There is no index.html in \"{folder}\". Publish samples/Web.Browser and give the folder wwwroot of what it made.");
        var app = Build(options, $"{OwnFilesOnly} 'wasm-unsafe-eval'");
        var files = new PhysicalFileProvider(folder);
        var types = new FileExtensionContentTypeProvider { Mappings = { [".rnnlm"] = "application/octet-stream" } };
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions { FileProvider = files, ContentTypeProvider = types });
        return Run(app);
    }

    private static WebApplication Build(string[] options, string contentSecurityPolicy)
    {
        var builder = WebApplication.CreateBuilder(options);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseStaticWebAssets(); // the files of Web.Page, also where this is not published
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 256 * 1024);
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, PageJson.Default);
            json.SerializerOptions.RespectNullableAnnotations = true;
            json.SerializerOptions.RespectRequiredConstructorParameters = true;
        });
        var app = builder.Build();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = contentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-cache";
            return next();
        });
        return app;
    }

    private static async Task Run(WebApplication app)
    {
        await app.StartAsync();
        Console.WriteLine($"Open {app.Urls.First()} in a browser. Ctrl+C ends this.");
        await app.WaitForShutdownAsync();
    }
}

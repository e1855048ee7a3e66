using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary><c>GET /v1/models</c> and <c>GET /v1/models/{id}</c></summary>
internal static class ModelEndpoint
{
    public static Task ListAsync(ServedRequest request) => Answer.WriteAsync(request.Context, new ModelListBody("list", [BodyOf(request.Served)]));

    public static Task GetAsync(ServedRequest request)
    {
        request.CheckModel(request.Context.Request.RouteValues["id"] as string);
        return Answer.WriteAsync(request.Context, BodyOf(request.Served));
    }

    /// <summary><c>GET /health</c>: whether requests are answered.</summary>
    public static Task TellHealthAsync(HttpContext context, ServedLanguageModel served, bool isStopping)
    {
        context.Response.StatusCode = isStopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        return Answer.WriteAsync(context, new HealthBody(isStopping ? "stopping" : "ok", served.Id));
    }

    private static ModelBody BodyOf(ServedLanguageModel served) => new(served.Id, "model", served.LoadedAt.ToUnixTimeSeconds(), "rnnlm");
}

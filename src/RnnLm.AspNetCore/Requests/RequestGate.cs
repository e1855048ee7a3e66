using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RnnLm.Wording;

namespace RnnLm.AspNetCore;

/// <summary>
/// What every request passes through: whoever has no key, asks for too much or comes when there is no room is sent away, and what goes wrong is told in OpenAI's form. Each request is
/// measured, and logged in a line.
/// </summary>
internal sealed class RequestGate(
    ServedLanguageModel served, LanguageModelServerOptions options, ProcessorTurns turns, ServerMetrics metrics, ILoggerFactory loggers, IHostApplicationLifetime? lifetime = null)
{
    /// <summary>What a client has that left before the answer was there; only logs and metrics see it.</summary>
    private const int ClientHasLeft = 499;

    private const string RetryAfterSeconds = "1";

    private readonly ILogger logger = loggers.CreateLogger(ServerMetrics.MeterName);
    private readonly ApiKey? key = options.ApiKey is { } secret ? new ApiKey(secret) : null;
    private int requests;

    /// <summary>Whether the server is about to end.</summary>
    public bool IsStopping => lifetime?.ApplicationStopping.IsCancellationRequested ?? false;

    /// <summary>What handles the requests of a path.</summary>
    /// <param name="operation">What is asked for there, for metrics and logs.</param>
    /// <param name="method">The method; null for any.</param>
    /// <param name="handle">Answers a request; what it throws becomes an error object.</param>
    public RequestDelegate Guard(string operation, string? method, Func<ServedRequest, Task> handle) => async context =>
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var request = new ServedRequest(context, operation, served, options, turns, metrics, timeout.Token);
        metrics.Begin(operation);
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            status = await RunAsync(request, method, handle, timeout).ConfigureAwait(false);
        }
        finally
        {
            metrics.End(operation, status, request.Elapsed);
            metrics.CountTokens(operation, request.InputTokens, request.OutputTokens);
            if (logger.IsEnabled(LogLevel.Information))
                ServerLog.Request(logger, context.Request.Method, operation, status, request.Elapsed.TotalMilliseconds, request.InputTokens, request.OutputTokens);
        }
    };

    private async Task<int> RunAsync(ServedRequest request, string? method, Func<ServedRequest, Task> handle, CancellationTokenSource timeout)
    {
        var context = request.Context;
        var isLetIn = false;
        try
        {
            CheckMethod(context, method);
            CheckKey(context);
            isLetIn = LetIn(context);
            timeout.CancelAfter(options.RequestTimeout);
            await handle(request).ConfigureAwait(false);
            return context.Response.StatusCode;
        }
        catch (RefusedRequestException refused)
        {
            return await ErrorAnswer.WriteAsync(context, refused).ConfigureAwait(false);
        }
        // What the server says of a body that is too long, not whole, or too slow.
        catch (BadHttpRequestException fault)
        {
            return await ErrorAnswer.WriteAsync(context, new RefusedRequestException(fault.StatusCode, fault.Message)).ConfigureAwait(false);
        }
        catch (Exception fault) when (context.RequestAborted.IsCancellationRequested && fault is OperationCanceledException or IOException)
        {
            return ClientHasLeft;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return await ErrorAnswer.WriteAsync(context, new RefusedRequestException(
                StatusCodes.Status408RequestTimeout, $"The request took longer than {TimeText.Of(options.RequestTimeout)}; ask for less at once.", code: "timeout"))
                .ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            ServerLog.Fault(logger, request.Operation, fault);
            return await ErrorAnswer.WriteAsync(context, new RefusedRequestException(
                StatusCodes.Status500InternalServerError, "The server has failed to answer; its log says why.")).ConfigureAwait(false);
        }
        finally
        {
            if (isLetIn) Interlocked.Decrement(ref requests);
        }
    }

    private static void CheckMethod(HttpContext context, string? method)
    {
        if (method is null || context.Request.Method == method) return;
        context.Response.Headers.Allow = method;
        throw new RefusedRequestException(StatusCodes.Status405MethodNotAllowed, $"The method must be {method}, and is {context.Request.Method}.");
    }

    private void CheckKey(HttpContext context)
    {
        if (key is null || key.IsIn(context.Request.Headers.Authorization)) return;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        throw new RefusedRequestException(
            StatusCodes.Status401Unauthorized, "The key is missing or wrong; it must be in the header, as in Authorization: Bearer KEY.", code: "invalid_api_key");
    }

    private bool LetIn(HttpContext context)
    {
        if (IsStopping) throw new RefusedRequestException(StatusCodes.Status503ServiceUnavailable, "The server is about to end.", code: "stopping");
        if (Interlocked.Increment(ref requests) <= options.MaximumRequests) return true;
        Interlocked.Decrement(ref requests);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        throw new RefusedRequestException(
            StatusCodes.Status429TooManyRequests, string.Create(CultureInfo.InvariantCulture, $"There are {options.MaximumRequests} requests already; try again."), code: "rate_limit_exceeded");
    }
}

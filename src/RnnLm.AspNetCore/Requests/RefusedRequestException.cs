using Microsoft.AspNetCore.Http;

namespace RnnLm.AspNetCore;

/// <summary>A request that is not answered, with the status and what the error object says. Its message is for whoever made the request.</summary>
/// <param name="status">The status.</param>
/// <param name="message">What was wrong, and what would be right.</param>
/// <param name="parameter">The parameter that it is about; null where it is about none.</param>
/// <param name="code">A name of the fault for programs; null where it has none.</param>
internal sealed class RefusedRequestException(int status, string message, string? parameter = null, string? code = null) : Exception(message)
{
    public int Status => status;

    public string? Parameter => parameter;

    public string? Code => code;

    /// <summary>A parameter whose value is not right.</summary>
    public static RefusedRequestException Of(string parameter, string right) => new(StatusCodes.Status400BadRequest, $"'{parameter}' {right}", parameter);
}

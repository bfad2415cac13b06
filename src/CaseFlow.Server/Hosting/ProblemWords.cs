using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace CaseFlow.Server.Hosting;

/// <summary>Gives every problem a sentence and a stable code, those of the framework included.</summary>
internal static class ProblemWords
{
    private static readonly Dictionary<int, (string Code, string Detail)> ByStatus = new()
    {
        [StatusCodes.Status400BadRequest] = ("invalid-input", "请求有误，请按 errors 改正；没有 errors 的，请核对地址和内容。"),
        [StatusCodes.Status401Unauthorized] = ("unauthorised", "请先登录：在 Authorization 头中带上有效的 Bearer 令牌。"),
        [StatusCodes.Status403Forbidden] = ("forbidden", "您的岗位不能使用这一部分。"),
        [StatusCodes.Status404NotFound] = ("not-found", "找不到，或不在您的范围内。"),
        [StatusCodes.Status405MethodNotAllowed] = ("method-not-allowed", "这个地址不接受这种请求方法。"),
        [StatusCodes.Status413PayloadTooLarge] = ("too-large", "内容太大。"),
        [StatusCodes.Status415UnsupportedMediaType] = ("unsupported-media-type", "请用 Content-Type: application/json 提交。"),
        [StatusCodes.Status429TooManyRequests] = ("too-many-requests", "请求太频繁，请稍后再试。"),
        [StatusCodes.Status500InternalServerError] = ("server-error", "系统处理出错，什么都没有记录。"),
        [StatusCodes.Status503ServiceUnavailable] = ("unavailable", "系统暂时不能办理，请稍后再试。"),
    };

    /// <summary>Fills in what a problem does not say itself.</summary>
    public static void Complete(ProblemDetails problem)
    {
        if (!ByStatus.TryGetValue(problem.Status ?? 0, out var words))
        {
            return;
        }

        problem.Detail ??= words.Detail;
        problem.Extensions.TryAdd("code", words.Code);
    }

    /// <summary>A body that could not be read: where, if the reader says so.</summary>
    public static ProblemDetails Of(BadHttpRequestException unread)
    {
        if (unread.StatusCode != StatusCodes.Status400BadRequest)
        {
            return new ProblemDetails { Status = unread.StatusCode };
        }

        var path = (unread.InnerException as JsonException)?.Path?.TrimStart('$').TrimStart('.');
        return string.IsNullOrEmpty(path)
            ? new ProblemDetails { Status = unread.StatusCode, Detail = "请求内容读不出来：需要一个 JSON 对象，字段齐全。", Extensions = { ["code"] = "invalid-json" } }
            : new ValidationProblemDetails(new Dictionary<string, string[]> { [path.Replace('.', '/')] = ["类型或格式不对。"] })
            {
                Status = unread.StatusCode,
                Extensions = { ["code"] = "invalid-json" },
            };
    }
}

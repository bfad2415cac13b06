using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace CaseFlow.Cases.Documents.Templates;

/// <summary>Runs a Scriban template without files, includes, reflection or endless loops; what it writes is HTML-escaped unless it is text.</summary>
internal static class TemplateSandbox
{
    /// <exception cref="TemplateException">The template does not parse.</exception>
    public static Template Parse(string key, string text)
    {
        var template = Template.Parse(text, key);
        if (!template.HasErrors)
        {
            return template;
        }

        var first = template.Messages.First(m => m.Type == ParserMessageType.Error);
        throw new TemplateException(key, first.Span.Start.Line + 1, first.Message);
    }

    /// <exception cref="TemplateException">A field is missing, a function fails, or a limit is exceeded.</exception>
    public static string Run(string key, Template template, JsonObject model, bool escape, TemplateLimits limits)
    {
        using var time = new CancellationTokenSource(limits.Time);
        var context = new EscapingContext(escape)
        {
            StrictVariables = true,
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
            EnableRelaxedFunctionAccess = false,
            EnableRelaxedIndexerAccess = false,
            LoopLimit = limits.Loops,
            LoopLimitQueryable = limits.Loops,
            RecursiveLimit = limits.Depth,
            ObjectRecursionLimit = limits.Depth,
            LimitToString = limits.Output,
            CancellationToken = time.Token,
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal(new ModelObject(model));
        context.PushOutput(new LimitedOutput(limits.Output));
        try
        {
            return template.Render(context);
        }
        catch (ScriptAbortException e)
        {
            throw new TemplateException(key, e.Span.Start.Line + 1, $"took longer than {limits.Time.TotalSeconds:0.#} s", e);
        }
        catch (ScriptRuntimeException e)
        {
            throw new TemplateException(key, e.Span.Start.Line + 1, Innermost(e), e);
        }
    }

    private static string Innermost(ScriptRuntimeException e) => e.InnerException?.GetBaseException().Message ?? e.OriginalMessage;

    private sealed class EscapingContext(bool escape) : TemplateContext(TemplateFunctions.Build(), StringComparer.Ordinal)
    {
        public override TemplateContext Write(SourceSpan span, object? textAsObject) => textAsObject switch
        {
            null => this,
            SafeHtml html => Write(html.Html),
            _ when escape => Write(WebUtility.HtmlEncode(ObjectToString(textAsObject))),
            _ => base.Write(span, textAsObject),
        };
    }

    private sealed class LimitedOutput(int limit) : IScriptOutput
    {
        private readonly System.Text.StringBuilder _text = new();

        public void Write(string text, int offset, int count)
        {
            if (_text.Length + count > limit)
            {
                throw new ScriptRuntimeException(default, $"wrote more than {limit} characters");
            }

            _text.Append(text, offset, count);
        }

        public ValueTask WriteAsync(string text, int offset, int count, CancellationToken cancellationToken)
        {
            Write(text, offset, count);
            return ValueTask.CompletedTask;
        }

        public override string ToString() => _text.ToString();
    }
}

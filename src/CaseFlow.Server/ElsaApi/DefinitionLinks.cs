using System.Text.Json.Nodes;

namespace CaseFlow.Server.ElsaApi;

/// <summary>
/// The links of answers. Studio looks at two of them: without <c>publish</c> a definition is shown read-only, without
/// <c>bulk-publish</c> the list is.
/// </summary>
internal static class DefinitionLinks
{
    /// <summary>The links of one definition.</summary>
    public static JsonArray Of(string definitionId, bool editable)
    {
        var self = $"/workflow-definitions/{definitionId}";
        var links = new JsonArray
        {
            Link(self, "self", "GET"),
            Link($"/workflow-definitions/by-definition-id/{definitionId}", "self", "GET"),
            Link($"{self}/versions", "versions", "GET"),
            Link($"{self}/execute", "execute", "POST"),
            Link($"{self}/export", "export", "POST"),
        };
        if (editable)
        {
            links.Add(Link($"{self}/publish", "publish", "POST"));
            links.Add(Link($"{self}/retract", "retract", "POST"));
            links.Add(Link(self, "delete", "DELETE"));
            links.Add(Link($"{self}/import", "import", "PUT"));
            links.Add(Link($"{self}/update-references", "update-references", "POST"));
        }

        return links;
    }

    /// <summary>The links of the list.</summary>
    public static JsonArray OfList(bool editable)
    {
        var links = new JsonArray
        {
            Link("/workflow-definitions", "self", "GET"),
            Link("/workflow-definitions/validation/is-name-unique", "is-name-unique", "GET"),
            Link("/workflow-definitions/query/count", "count", "GET"),
            Link("/workflow-definitions/many-by-id", "many-by-id", "GET"),
        };
        if (editable)
        {
            links.Add(Link("/bulk-actions/delete/workflow-definitions/by-definition-id", "bulk-delete-by-definition-id", "POST"));
            links.Add(Link("/bulk-actions/delete/workflow-definitions/by-id", "bulk-delete-by-id", "POST"));
            links.Add(Link("/bulk-actions/publish/workflow-definitions/by-definition-ids", "bulk-publish", "POST"));
            links.Add(Link("/bulk-actions/retract/workflow-definitions/by-definition-ids", "bulk-retract", "POST"));
            links.Add(Link("/workflow-definitions/import", "import", "POST"));
            links.Add(Link("/workflow-definitions", "create", "POST"));
        }

        return links;
    }

    private static JsonObject Link(string href, string rel, string method) => new() { ["href"] = href, ["rel"] = rel, ["method"] = method };
}

using System.Text.Json.Nodes;
using CaseFlow.Activities.Tests.Support;
using CaseFlow.Cases.CaseTypes;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Procedures;
using CaseFlow.Cases.Tasks;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Activities.Tests;

/// <summary>A case type is data: imported by content, published by two, pinned by what runs.</summary>
public sealed class CaseTypeTests
{
    private static CaseTypeFolder Dibao => CaseTypeFolder.Read(Path.Combine(DibaoHost.Root, "workflows", "dibao"));

    [Fact]
    public void Every_form_of_dibao_uses_only_keywords_that_are_checked()
    {
        var folder = Dibao;
        FormValidator.RefuseUnknownKeywords(folder.FormSchema);
        foreach (var (_, form) in folder.Manifest["forms"]!.AsObject())
        {
            FormValidator.RefuseUnknownKeywords(form);
        }

        var wrong = Assert.Throws<FormatException>(() => FormValidator.RefuseUnknownKeywords(JsonNode.Parse("""{"properties":{"a":{"const":1}}}""")));
        Assert.Contains("const", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Moving_a_box_or_turning_the_order_of_activities_is_no_new_content()
    {
        var application = Dibao.Workflows["dibao-application"];
        var looked = (JsonObject)application.DeepClone();
        var activities = looked["root"]!["activities"]!.AsArray();
        var first = activities[0]!;
        activities.RemoveAt(0);
        activities.Add(first);
        first["metadata"]!["designer"]!["position"]!["x"] = 4711;
        first["nodeId"] = "flow:start";
        looked["version"] = 7;
        looked["root"]!["connections"]![0]!["vertices"] = null;
        looked["customProperties"]!["VariableTestValues"] = new JsonObject { ["proposal-var"] = "Grant" };
        Assert.Equal(CanonicalJson.HashWorkflow(application), CanonicalJson.HashWorkflow(looked));

        looked["root"]!["activities"]![0]!["dueRule"]!["expression"]!["value"] = "dibao.survey";
        Assert.NotEqual(CanonicalJson.HashWorkflow(application), CanonicalJson.HashWorkflow(looked));
    }

    [Fact]
    public async Task The_same_folder_is_imported_once_and_a_changed_one_waits_for_a_second_person()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var admin = await host.ActorAsync(host.Bureau["admin"]);
        var again = await ImportAsync(host, admin, Dibao);
        Assert.False(again.Created);

        var changed = Dibao;
        changed.Workflows["dibao-application"]["name"] = "最低生活保障：申请（改）";
        var submitted = await ImportAsync(host, admin, changed);
        Assert.Equal((true, 2, PublicationState.Submitted), (submitted.Created, submitted.Version.Number, submitted.Version.State));
        var own = await Assert.ThrowsAsync<RefusedException>(() => PublishAsync(host, admin, submitted.Version.Id));
        Assert.Equal("second-person", own.Refusal.Code);

        var running = await DibaoFlow.SubmitAsync(host, Applications.CoupleWithChild());
        await PublishAsync(host, await host.ActorAsync(host.Bureau["director"]), submitted.Version.Id);
        var citizen = await host.ActorAsync(host.Bureau["stranger"]);
        var form = Applications.CoupleWithChild();
        form["applicant"]!["name"] = "刘红（演示）";
        form["members"] = new JsonArray();
        form["incomes"] = new JsonArray();
        await host.Get<IIntakeService>().SubmitAsync(citizen, Applications.Request(form), DibaoHost.Stop);

        var procedures = await host.ReadAsync(w => w.Set<Procedure>().Where(p => p.Kind == "application").OrderBy(p => p.Id).ToListAsync(DibaoHost.Stop));
        Assert.Equal(["dibao-application-v1", "dibao-application-v2"], procedures.Select(p => p.DefinitionVersionId));
        Assert.Equal(running.CaseId, procedures[0].CaseId);
    }

    [Fact]
    public async Task What_is_exported_is_what_was_imported()
    {
        await using var host = await DibaoHost.OpenAsync("2026-03-02");
        var exported = await host.OnAsync<CaseTypeService, CaseTypeFolder>(s => s.ExportAsync("dibao", DibaoHost.Stop));
        var path = Directory.CreateTempSubdirectory("caseflow-export-").FullName;
        exported.Write(path);
        var admin = await host.ActorAsync(host.Bureau["admin"]);
        var back = await ImportAsync(host, admin, CaseTypeFolder.Read(path));
        Assert.False(back.Created);
        Directory.Delete(path, recursive: true);
    }

    private static Task<CaseTypeImport> ImportAsync(DibaoHost host, Actor actor, CaseTypeFolder folder) =>
        host.OnAsync<CaseTypeService, CaseTypeImport>(s => s.ImportAsync(actor, folder, "test", DibaoHost.Stop));

    private static Task<CaseTypeVersion> PublishAsync(DibaoHost host, Actor actor, Id<CaseTypeVersion> version) =>
        host.OnAsync<CaseTypeService, CaseTypeVersion>(s => s.PublishAsync(actor, version, null, DibaoHost.Stop));
}

using System.Net;
using CaseFlow.Cases.Blobs;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Tasks;
using CaseFlow.Server.Tests.Citizen.Support;
using CaseFlow.Tests.Staff;
using Microsoft.EntityFrameworkCore;

namespace CaseFlow.Server.Tests.Citizen;

/// <summary>A citizen never comes to see another's case, document, draft or upload.</summary>
public sealed class Own_matters_only(StaffWorld world) : IClassFixture<StaffWorld>
{
    private static readonly byte[] Picture = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_address_of_a_case_is_there_for_its_citizen_and_for_nobody_else()
    {
        var addresses = await AddressesAsync("own-1", "other-1");
        var own = await CitizenBrowser.SignedInAsync(world, "own-1");
        var other = await CitizenBrowser.SignedInAsync(world, "other-1");
        var nobody = new CitizenBrowser(world, followRedirects: false);
        var clerk = new CitizenBrowser(world);
        await clerk.Page.SignInAsync("sunli", StaffWorld.Password);
        foreach (var address in addresses)
        {
            Assert.Equal((address, HttpStatusCode.OK), (address, await own.StatusAsync(address)));
            Assert.Equal((address, HttpStatusCode.NotFound), (address, await other.StatusAsync(address)));
            Assert.Equal((address, HttpStatusCode.Redirect), (address, await nobody.StatusAsync(address)));
            Assert.Equal((address, HttpStatusCode.Forbidden), (address, await clerk.StatusAsync(address)));
        }
    }

    [Fact]
    public async Task Documents_of_the_file_that_are_not_for_the_applicant_are_not_found()
    {
        await world.OpenCitizenAsync("own-2", "周桂兰");
        var file = await world.FileOnlineAsync("own-2", "周桂兰");
        await file.ToNoticeAsync();
        var inner = await world.OnAsync<IUnitOfWork, List<Id<IssuedDocument>>>(w => w.Set<IssuedDocument>()
            .Where(d => d.CaseId == file.Id && !d.ForApplicant).Select(d => d.Id).ToListAsync(Stop));
        Assert.NotEmpty(inner);
        var own = await CitizenBrowser.SignedInAsync(world, "own-2");
        foreach (var document in inner)
        {
            Assert.Equal(HttpStatusCode.NotFound, await own.StatusAsync($"/my/documents/{document}"));
            Assert.Equal(HttpStatusCode.NotFound, await own.StatusAsync($"/my/documents/{document}/pdf"));
            Assert.Equal(HttpStatusCode.NotFound, await own.StatusAsync($"/my/documents/{document}/sheet"));
        }
    }

    [Fact]
    public async Task Lists_and_drafts_show_ones_own_alone()
    {
        await world.OpenCitizenAsync("own-3", "钱秀英");
        await world.OpenCitizenAsync("other-3", "孙玉芝");
        var file = await world.FileOnlineAsync("own-3", "钱秀英");
        var own = await CitizenBrowser.SignedInAsync(world, "own-3");
        await own.Page.OpenAsync("/apply/dibao");
        await own.Page.SendAsync("apply", null, ("f.applicant.name", "钱秀英的草稿"), ("act", "later"));
        await own.Page.OpenAsync("/my");
        Assert.Contains(file.Number, own.Page.Html, StringComparison.Ordinal);
        Assert.Contains("没填完的申请", own.Page.Html, StringComparison.Ordinal);
        var other = await CitizenBrowser.SignedInAsync(world, "other-3");
        Assert.DoesNotContain(file.Number, other.Page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("没填完的申请", other.Page.Html, StringComparison.Ordinal);
        await other.Page.OpenAsync("/apply/dibao");
        Assert.DoesNotContain("钱秀英的草稿", other.Page.Html, StringComparison.Ordinal);
        await other.Page.OpenAsync("/my/messages");
        Assert.DoesNotContain(file.Number, other.Page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forms_without_the_token_of_their_page_are_refused()
    {
        await world.OpenCitizenAsync("own-4", "冯玉梅");
        var file = await world.FileOnlineAsync("own-4", "冯玉梅");
        var own = await CitizenBrowser.SignedInAsync(world, "own-4");
        foreach (var (address, handler) in new[]
        {
            ($"/my/cases/{file.Id}/withdraw", "withdraw"), ("/apply/dibao/check", "apply"), ("/my/password", "citizen-password"), ("/my/account", "contact"), ("/my/register", "register"),
        })
        {
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, await own.PostBareAsync(address, ("_handler", handler), ("Input.Reason", "x"))));
        }

        Assert.Equal(HttpStatusCode.BadRequest, await own.PostBareAsync("/apply/dibao/drop"));
        Assert.Equal(HttpStatusCode.BadRequest, await own.PostBareAsync("/apply/dibao/who/draft", ("f.applicant.name", "x")));
        Assert.Equal(CaseStatus.Open, (await file.CaseAsync()).Status);
    }

    private async Task<List<string>> AddressesAsync(string owner, string other)
    {
        await world.OpenCitizenAsync(owner, "王秀兰");
        await world.OpenCitizenAsync(other, "何淑芬");
        var hash = await world.OnAsync<IBlobStore, string>(b => b.PutAsync(Picture, Stop));
        var file = await world.FileOnlineAsync(owner, "王秀兰", [new UploadedMaterial("identity", hash, "身份证.png", "image/png")]);
        await file.AcceptAsync();
        var document = await world.OnAsync<IUnitOfWork, Id<IssuedDocument>>(w => w.Set<IssuedDocument>().Where(d => d.CaseId == file.Id && d.ForApplicant).Select(d => d.Id).FirstAsync(Stop));
        var material = await world.OnAsync<IUnitOfWork, Id<Material>>(w => w.Set<Material>().Where(m => m.CaseId == file.Id && m.BlobHash != null).Select(m => m.Id).FirstAsync(Stop));
        var its = $"/my/cases/{file.Id}";
        return
        [
            its, $"{its}/receipt", $"{its}/days", $"{its}/change", $"{its}/withdraw",
            $"/my/documents/{document}", $"/my/documents/{document}/sheet", $"/my/documents/{document}/pdf", $"/my/materials/{material}",
        ];
    }
}

using System.Globalization;
using System.Net;
using CaseFlow.Cases.Assessment;
using CaseFlow.Cases.Benefits;
using CaseFlow.Cases.CaseFiles;
using CaseFlow.Cases.Documents;
using CaseFlow.Cases.Kernel;
using CaseFlow.Cases.Organisation;
using CaseFlow.Cases.Policy;
using CaseFlow.Cases.Raises;
using CaseFlow.Server.Tests.Support;
using CaseFlow.Tests.Staff;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CaseFlow.Server.Tests.Staff;

public sealed class RaisePageTests(StaffWorld world) : IClassFixture<StaffWorld>
{
    [Fact]
    public async Task A_raise_is_approved_by_two_people_of_the_district_and_carried_out()
    {
        var (number, file) = await RaiseWithHouseholdAsync("孙桂芝", "2026-07-01");
        var reviewer = await (await SignedInAsync("d-reviewer")).OpenAsync("/staff/payments");
        Assert.Contains("href=\"/staff/payments/raises\"", reviewer.Html, StringComparison.Ordinal);
        await reviewer.OpenAsync("/staff/payments/raises");
        Assert.Contains(number, reviewer.Html, StringComparison.Ordinal);
        await reviewer.OpenAsync($"/staff/payments/raises/{number}");
        Assert.Contains("孙桂芝", reviewer.Html, StringComparison.Ordinal);
        await reviewer.SendAsync("Approve", null);
        Assert.Contains("等第二人批准", reviewer.Html, StringComparison.Ordinal);
        Assert.Contains("第二人批准由区民政局分管领导或局长办理", reviewer.Html, StringComparison.Ordinal);

        var leader = await (await SignedInAsync("d-leader")).OpenAsync($"/staff/payments/raises/{number}");
        await leader.SendAsync("Reopen", null, ("reason", ""));
        Assert.Contains("请写明退回的原因", leader.Html, StringComparison.Ordinal);
        await leader.SendAsync("Sign", null);
        Assert.Contains("正在逐户执行", leader.Html, StringComparison.Ordinal);
        while (await world.Services.GetRequiredService<IEnumerable<IDueWork>>().Single(w => w.Name == "standard-raise").RunDueAsync(Stop) > 0)
        {
            Stop.ThrowIfCancellationRequested();
        }

        await leader.OpenAsync($"/staff/payments/raises/{number}");
        Assert.Contains("已调整", leader.Html, StringComparison.Ordinal);

        var granted = await world.OnAsync<IUnitOfWork, List<BenefitTerm>>(w => w.Set<BenefitTerm>().AsNoTracking().Where(t => t.CaseId == file.Id).OrderBy(t => t.From).ToListAsync(Stop));
        Assert.Equal(2, granted.Count);
        Assert.Equal(granted[1].MonthlyAmount, (await file.CaseAsync()).MonthlyAmount);
        Assert.True(granted[1].MonthlyAmount > granted[0].MonthlyAmount);
    }

    [Theory]
    [InlineData("handler-2", "2026-08-01")]
    [InlineData("sysadmin", "2026-09-01")]
    public async Task Who_does_not_answer_for_the_district_does_not_find_it(string who, string from)
    {
        var (number, _) = await RaiseWithHouseholdAsync($"{string.Concat(who.Where(char.IsLetter))}的户", from, AreaType.Rural);
        var page = await (await SignedInAsync(who)).OpenAsync($"/staff/payments/raises/{number}");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        await page.OpenAsync("/staff/payments/raises");
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>A household that draws by the old standard, and 640 yuan published from a month on.</summary>
    private async Task<(string Number, CaseInHand File)> RaiseWithHouseholdAsync(string name, string from, AreaType area = AreaType.Urban)
    {
        var hand = await world.FileAsync(name);
        await world.StepAsync(async (services, token) =>
        {
            var file = await services.GetRequiredService<IUnitOfWork>().Set<Case>().FirstAsync(c => c.Number == hand.Number, token);
            await services.GetRequiredService<ILocks>().LockCaseAsync(file.Id, token);
            var record = await services.GetRequiredService<AssessmentService>().AssessAsync(file, token);
            return await services.GetRequiredService<BenefitService>().StartAsync(file, "dibao", Month.Of(2026, 6), record.Amount, Id<IssuedDocument>.New(), record.Id, token);
        });
        var yuan = 640 + DateOnly.Parse(from, CultureInfo.InvariantCulture).Month;
        await world.OnAsync<PolicyChangeService, PolicyChange>(async service =>
        {
            var row = new FigureRow("dibao.standard", "低保标准", yuan * 100, "fen", DateOnly.Parse(from, CultureInfo.InvariantCulture), "试验文件", area);
            var draft = await service.DraftAsync(await world.ActorAsync("sysadmin"), null, "提标", new PolicyContent { Figures = [row] }, Stop);
            var sent = await service.SubmitAsync(await world.ActorAsync("sysadmin"), new SeenChange(draft.Id, draft.Revision), "", Stop);
            return await service.PublishAsync(Actor.System("test"), new SeenChange(sent.Id, sent.Revision), "同意", Stop);
        });
        var raise = await world.OnAsync<IUnitOfWork, StandardRaise>(w => w.Set<StandardRaise>().AsNoTracking().SingleAsync(r => r.From == Month.Of(DateOnly.Parse(from, CultureInfo.InvariantCulture)), Stop));
        return (raise.Number, hand);
    }

    private Task<PageClient> SignedInAsync(string who) =>
        new PageClient(world.CreateClient(new WebApplicationFactoryClientOptions { HandleCookies = true })).SignInAsync(who, StaffWorld.Password);
}

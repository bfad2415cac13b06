using CaseFlow.Server.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CaseFlow.Server.Demo;

/// <summary>Tells whoever started a demo where it is, who may sign in, and what to try first.</summary>
internal sealed class DemoWelcome(DemoState demo, IServer server) : IHostedLifecycleService
{
    private static readonly (string UserName, string Who)[] Accounts =
    [
        ("district", "区民政局 分管副局长（审核确认）"),
        ("district-review", "区民政局 社会救助股股长（区级审核）"),
        ("tuanjie-window", "团结街道 便民服务窗口"),
        ("tuanjie", "团结街道 经办人"),
        ("tuanjie2", "团结街道 经办人（第二名调查人员）"),
        ("tuanjie-review", "团结街道 民政办主任"),
        ("tuanjie-leader", "团结街道 分管副主任"),
        ("laozhan", "老站街道 经办人"),
        ("tuanjie-c1", "东岭社区 协理员"),
        ("director", "区民政局 局长"),
        ("verification", "核对中心"),
        ("finance", "区民政局 财务"),
        ("auditor", "派驻纪检监察组"),
        ("admin", "系统管理员"),
        (DemoAccounts.Citizen, "群众 王秀兰"),
    ];

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (demo.IsDemo)
        {
            Console.WriteLine(Text());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string Text()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        var accounts = string.Join(Environment.NewLine, Accounts.Select(a => $"  {a.UserName,-16} {a.Who}"));
        return $"""

            CaseFlow  {address}

            演示账号（密码都是 {DemoAccounts.Password}）/ demo accounts, all with this password:
            {accounts}
              其他街道、乡镇照此：laozhan2、laozhan-window … 全部见“管理 › 账号”。 Other streets alike; all under 管理 › 账号.

            一件低保从头到尾 / one case from start to end:
              tuanjie-window 受理登记、受理 → tuanjie 入户调查（第二人选 tuanjie2）→ tuanjie2 签字 → tuanjie 拟定初审意见
              → tuanjie-review 审核 → tuanjie-leader 签发 → admin 拨过公示 7 天 → tuanjie 上报 → district-review 审核 → district 确认

            先试三样 / three things to try:
              1. tuanjie 登录，打开“可领取”，领一件办理。 Sign in as tuanjie, claim a task, decide it.
              2. 手机打开首页，用 citizen 登录，看“我要查”。 Open the start page on a phone as citizen.
              3. admin 登录，把时间往前拨，再打开 /studio 改一个期限并发布。 As admin move the date on; change a deadline in /studio and publish.

            """;
    }
}

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
        ("tuanjie", "团结街道 经办人"),
        ("tuanjie-review", "团结街道 民政办主任"),
        ("laozhan", "老站街道 经办人"),
        ("tuanjie-c1", "东岭社区 协理员"),
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
              还有：tuanjie2（第二名调查人员）、tuanjie-window（窗口）、tuanjie-leader（分管副主任）、verification、director；
              其他街道、乡镇照此：laozhan2、laozhan-window … 全部见“管理 › 账号”。

            先试三样 / three things to try:
              1. tuanjie 登录，打开“可领取”，领一件办理。 Sign in as tuanjie, claim a task, decide it.
              2. 手机打开首页，用 citizen 登录，看“我要查”。 Open the start page on a phone as citizen.
              3. admin 登录，把时间往前拨，再打开 /studio 改一个期限并发布。 As admin move the date on; change a deadline in /studio and publish.

            """;
    }
}

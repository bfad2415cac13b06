using CaseFlow.Simulators;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSimulators(builder.Configuration);
builder.Services.AddProblemDetails();
var app = builder.Build();
app.UseExceptionHandler();
app.UseStatusCodePages();
app.MapVerificationSimulator().MapSmsSimulator();
await app.RunAsync();

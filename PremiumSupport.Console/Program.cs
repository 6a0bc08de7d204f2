var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/", () => "hello");
app.Run();

/// <summary>The entry point, public so that the tests can host it.</summary>
public partial class Program;

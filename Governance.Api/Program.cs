using Governance.Api.Face;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFace();
var app = builder.Build();
app.UseFace();
app.MapFace();
app.Run();

public partial class Program;

using PremiumSupport.Tests.Figures;
using PremiumSupport.Tests.Figures.Circuits;
using PremiumSupport.Tests.Monitoring.Kills;

namespace PremiumSupport.Tests;

/// <summary>xunit's own entry point, and beside it the empty application that the start-up figure is held against the servers that circuits are measured on, and the node that tests may kill.</summary>
internal static class EntryPoint
{
    public static Task<int> Main(string[] args) => args switch
    {
        [EmptyApp.Switch] => EmptyApp.RunAsync(),
        [CircuitNode.Switch, ..] => CircuitNode.RunAsync(args),
        [SupportNode.Switch, ..] => SupportNode.RunAsync(args),
        _ when args.Any(argument => argument is "--server" or "--internal-msbuild-node") =>
            Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
    };
}

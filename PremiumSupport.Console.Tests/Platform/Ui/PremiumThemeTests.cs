using System.Text.RegularExpressions;
using MudBlazor;
using MudBlazor.Utilities;
using PremiumSupport.Platform.Ui;

namespace PremiumSupport.Tests.Platform.Ui;

/// <summary>The palette's literal colours are those of tokens.css, in both themes.</summary>
public sealed partial class PremiumThemeTests
{
    private static readonly (string Token, Func<Palette, MudColor> Of)[] Roles =
    [
        ("accent", palette => palette.Primary), ("on-accent", palette => palette.PrimaryContrastText), ("accent-strong", palette => palette.PrimaryDarken),
        ("ink-2", palette => palette.Secondary), ("viz-p90", palette => palette.Tertiary),
        ("sla-met-fg", palette => palette.Success), ("sla-risk-text", palette => palette.Warning), ("sla-breach-text", palette => palette.Error), ("accent", palette => palette.Info),
        ("ground", palette => palette.Background), ("sunken", palette => palette.BackgroundGray), ("surface", palette => palette.Surface),
        ("surface", palette => palette.AppbarBackground), ("ink", palette => palette.AppbarText),
        ("ground", palette => palette.DrawerBackground), ("ink-2", palette => palette.DrawerText), ("ink-2", palette => palette.DrawerIcon),
        ("ink", palette => palette.TextPrimary), ("ink-2", palette => palette.TextSecondary), ("ink-off", palette => palette.TextDisabled),
        ("ink-2", palette => palette.ActionDefault), ("ink-off", palette => palette.ActionDisabled), ("line", palette => palette.ActionDisabledBackground),
        ("line", palette => palette.Divider), ("line", palette => palette.LinesDefault), ("line", palette => palette.TableLines), ("line-control", palette => palette.LinesInputs),
        ("hover", palette => palette.TableHover), ("line", palette => palette.Skeleton), ("inverse", palette => palette.Dark), ("on-inverse", palette => palette.DarkContrastText),
    ];

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public void Every_colour_is_the_token_that_it_stands_for(string theme)
    {
        var tokens = Tokens(theme);
        Palette palette = theme == "light" ? PremiumTheme.Create().PaletteLight : PremiumTheme.Create().PaletteDark;
        var wrong = Roles.Where(role => role.Of(palette).ToString(MudColorOutputFormats.Hex) != tokens[role.Token]).Select(role => $"{role.Token}: {role.Of(palette).ToString(MudColorOutputFormats.Hex)} is not {tokens[role.Token]}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_ripples() => Assert.Equal(0, PremiumTheme.Create().PaletteLight.RippleOpacity);

    private static Dictionary<string, string> Tokens(string theme)
    {
        var css = File.ReadAllText(Path.Combine(Repository(), "PremiumSupport.Console", "wwwroot", "design", "tokens.css"));
        var start = css.IndexOf(theme == "light" ? "[data-theme=\"light\"] {" : "[data-theme=\"dark\"] {", StringComparison.Ordinal);
        var block = css[start..css.IndexOf("\n}", start, StringComparison.Ordinal)];
        var tokens = new Dictionary<string, string>();
        foreach (Match match in Token().Matches(block))
        {
            tokens[match.Groups[1].Value] = match.Groups[2].Value;
        }

        return tokens;
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "PremiumSupport.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"--ps-([a-z0-9-]+):\s*(#[0-9a-f]{6})", RegexOptions.None, 1000)]
    private static partial Regex Token();
}

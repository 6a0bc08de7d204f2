using MudBlazor;

namespace PremiumSupport.Platform.Ui;

/// <summary>
/// The component library's theme. Its palette wants literal colours, so they stand here once and a test compares each with <c>tokens.css</c>.
/// In the browser <c>base.css</c> points the palette back at the tokens, which is how the contrast themes work.
/// </summary>
public static class PremiumTheme
{
    private static readonly string[] Fonts = ["Inter Variable", "Inter", "system-ui", "-apple-system", "Segoe UI", "sans-serif"];

    /// <summary>The theme of the console.</summary>
    public static MudTheme Create() => new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        Typography = Type(),
        LayoutProperties = new() { DefaultBorderRadius = "6px", AppbarHeight = "52px", DrawerWidthLeft = "212px", DrawerMiniWidthLeft = "56px", DrawerWidthRight = "376px" },
        Shadows = Shadow(),
    };

    private static PaletteLight Light() => new()
    {
        Primary = "#0a6480", PrimaryContrastText = "#ffffff", PrimaryDarken = "#074e65",
        Secondary = "#425157", SecondaryContrastText = "#ffffff", Tertiary = "#6b7f86",
        Success = "#11663a", Warning = "#8a4b00", Error = "#b01f14", Info = "#0a6480",
        SuccessContrastText = "#ffffff", WarningContrastText = "#ffffff", ErrorContrastText = "#ffffff", InfoContrastText = "#ffffff",
        Background = "#f1f4f4", BackgroundGray = "#f7f9f9", Surface = "#ffffff",
        AppbarBackground = "#ffffff", AppbarText = "#0f191c",
        DrawerBackground = "#f1f4f4", DrawerText = "#425157", DrawerIcon = "#425157",
        TextPrimary = "#0f191c", TextSecondary = "#425157", TextDisabled = "#93a1a6",
        ActionDefault = "#425157", ActionDisabled = "#93a1a6", ActionDisabledBackground = "#dde4e5",
        Divider = "#dde4e5", DividerLight = "#dde4e5", LinesDefault = "#dde4e5", TableLines = "#dde4e5", LinesInputs = "#7d8d93",
        TableHover = "#f1f5f5", TableStriped = "#f1f5f5", Skeleton = "#dde4e5",
        Dark = "#0f191c", DarkContrastText = "#f4f8f8", OverlayDark = "rgba(15,25,28,.38)",
        HoverOpacity = .05, RippleOpacity = 0,
    };

    private static PaletteDark Dark() => new()
    {
        Primary = "#63c6e0", PrimaryContrastText = "#04222c", PrimaryDarken = "#8ad8ec",
        Secondary = "#afbdc2", SecondaryContrastText = "#0a0f11", Tertiary = "#8a9ca3",
        Success = "#74d6a0", Warning = "#ffc168", Error = "#ff8e84", Info = "#63c6e0",
        SuccessContrastText = "#0a0f11", WarningContrastText = "#0a0f11", ErrorContrastText = "#0a0f11", InfoContrastText = "#0a0f11",
        Background = "#0a0f11", BackgroundGray = "#0d1416", Surface = "#11181b",
        AppbarBackground = "#11181b", AppbarText = "#e9eff1",
        DrawerBackground = "#0a0f11", DrawerText = "#afbdc2", DrawerIcon = "#afbdc2",
        TextPrimary = "#e9eff1", TextSecondary = "#afbdc2", TextDisabled = "#56656b",
        ActionDefault = "#afbdc2", ActionDisabled = "#56656b", ActionDisabledBackground = "#202b2f",
        Divider = "#202b2f", DividerLight = "#202b2f", LinesDefault = "#202b2f", TableLines = "#202b2f", LinesInputs = "#66787f",
        TableHover = "#161f23", TableStriped = "#161f23", Skeleton = "#202b2f",
        Dark = "#e9eff1", DarkContrastText = "#0f191c", OverlayDark = "rgba(0,0,0,.58)",
        HoverOpacity = .05, RippleOpacity = 0,
    };

    private static Typography Type() => new()
    {
        Default = new DefaultTypography { FontFamily = Fonts, FontSize = ".8125rem", FontWeight = "420", LineHeight = "1.25rem", LetterSpacing = "normal" },
        H5 = new H5Typography { FontFamily = Fonts, FontSize = "1.25rem", FontWeight = "620", LetterSpacing = "normal" },
        H6 = new H6Typography { FontFamily = Fonts, FontSize = "1rem", FontWeight = "620", LetterSpacing = "normal" },
        Subtitle2 = new Subtitle2Typography { FontFamily = Fonts, FontSize = ".8125rem", FontWeight = "620", LetterSpacing = "normal" },
        Body1 = new Body1Typography { FontFamily = Fonts, FontSize = ".875rem", FontWeight = "420", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Fonts, FontSize = ".8125rem", FontWeight = "420", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontFamily = Fonts, FontSize = ".8125rem", FontWeight = "530", TextTransform = "none", LetterSpacing = "normal" },
        Caption = new CaptionTypography { FontFamily = Fonts, FontSize = ".75rem", FontWeight = "420", LetterSpacing = "normal" },
        Overline = new OverlineTypography { FontFamily = Fonts, FontSize = ".6875rem", FontWeight = "530", TextTransform = "none", LetterSpacing = "normal" },
    };

    private static Shadow Shadow()
    {
        var shadow = new Shadow();
        for (var level = 0; level < shadow.Elevation.Length; level++)
        {
            shadow.Elevation[level] = level switch { 0 => "none", <= 3 => "var(--ps-shadow-1)", <= 8 => "var(--ps-shadow-2)", _ => "var(--ps-shadow-3)" };
        }

        return shadow;
    }
}

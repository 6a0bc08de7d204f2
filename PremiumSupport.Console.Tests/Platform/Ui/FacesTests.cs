using PremiumSupport.Platform.Ui;

namespace PremiumSupport.Tests.Platform.Ui;

/// <summary>A person looks the same everywhere.</summary>
public sealed class FacesTests
{
    [Theory]
    [InlineData("Mara Lindqvist", "ML")]
    [InlineData("Maximiliane von Hohenberg-Rautenstrauch", "MH")]
    [InlineData("Prince", "P")]
    [InlineData("  élodie   durand ", "ÉD")]
    [InlineData("", "")]
    public void Initials_are_of_the_first_and_the_last_word(string name, string initials) => Assert.Equal(initials, Faces.Initials(name));

    [Fact]
    public void A_letter_of_two_characters_is_not_cut() => Assert.Equal("𝒜B", Faces.Initials("𝒜da Byron"));

    [Fact]
    public void The_colour_depends_on_the_name_alone()
    {
        Assert.Equal(Faces.ColourOf("Ana Ruiz"), Faces.ColourOf("Ana Ruiz"));
        Assert.Matches("^face-[1-7]$", Faces.ColourOf("Ana Ruiz"));
    }
}

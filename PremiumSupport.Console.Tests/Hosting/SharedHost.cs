namespace PremiumSupport.Tests.Hosting;

/// <summary>One running product for all tests that neither move its clock nor count on being alone with it. A host costs seconds.</summary>
[CollectionDefinition(Name)]
public sealed class SharedHost : ICollectionFixture<SupportHost>
{
    public const string Name = "shared host";
}

/// <summary>The same on PostgreSQL.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPostgresHost : ICollectionFixture<PostgresHost>
{
    public const string Name = "shared host on PostgreSQL";
}

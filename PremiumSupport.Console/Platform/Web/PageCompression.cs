using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace PremiumSupport.Platform.Web;

/// <summary>Says of an endpoint that its page holds no secret, and so may be sent compressed: how small it gets then tells nobody anything.</summary>
public sealed class NoSecretsInPage;

/// <summary>Compresses the static types of the options, and of the pages only those that hold no secret.</summary>
internal sealed class PageCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
{
    public override bool ShouldCompressResponse(HttpContext context) =>
        base.ShouldCompressResponse(context)
        || (context.GetEndpoint()?.Metadata.GetMetadata<NoSecretsInPage>() is not null && context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true);
}

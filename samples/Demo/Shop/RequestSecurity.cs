namespace Shop;

public static class RequestSecurity
{
    // TLS ends at the load balancer; it adds this header.
    public static bool IsSecure(this HttpRequest request) =>
        request.IsHttps || request.Headers.ContainsKey("X-Forwarded-Proto");
}

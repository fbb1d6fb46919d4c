using System.Net;

namespace Shop;

public sealed record Order(int Number, string? PlacedFrom);

public sealed class OrderBook
{
    private int _last;

    public Order Place(IPAddress? client) => new(Interlocked.Increment(ref _last), client?.ToString());
}

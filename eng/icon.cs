// Draws the package's icon: `dotnet run eng/icon.cs` writes src/ProxySsl.Package/icon.png, `dotnet run eng/icon.cs -- FILE SIZE` any other.
// A padlock with an arrow that goes through: TLS ends here, the request goes on. Shapes are given by their distance functions and every
// pixel is the mean of samples of them, and the file is written chunk by chunk, so no drawing library is needed.
using System;
using System.Buffers.Binary;
using System.IO;
using System.IO.Compression;
using System.Text;

const int Samples = 6;
var file = args.Length > 0 ? args[0] : Path.Combine("src", "ProxySsl.Package", "icon.png");
var size = args.Length > 1 ? int.Parse(args[1]) : 128;

var rows = new MemoryStream();
for (var y = 0; y < size; y++)
{
    rows.WriteByte(0); // this row is not filtered
    for (var x = 0; x < size; x++)
    {
        double red = 0, green = 0, blue = 0, alpha = 0;
        for (var s = 0; s < Samples * Samples; s++)
        {
            var color = ColorAt(
                (x + ((s % Samples) + 0.5) / Samples) / size,
                (y + ((s / Samples) + 0.5) / Samples) / size);
            red += color.R * color.A;
            green += color.G * color.A;
            blue += color.B * color.A;
            alpha += color.A;
        }

        rows.WriteByte(Channel(red, alpha));
        rows.WriteByte(Channel(green, alpha));
        rows.WriteByte(Channel(blue, alpha));
        rows.WriteByte((byte)Math.Round(255 * alpha / (Samples * Samples)));
    }
}

var header = new byte[13];
BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(0), size);
BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), size);
header[8] = 8; // bits a channel
header[9] = 6; // red, green, blue, alpha
using var png = File.Create(file);
png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
WriteChunk(png, "IHDR", header);
WriteChunk(png, "IDAT", Compressed(rows.ToArray()));
WriteChunk(png, "IEND", []);
Console.WriteLine($"{file}: {size} x {size}, {png.Length} bytes");

// The color at a point of the unit square; the last shape that holds the point wins.
static (double R, double G, double B, double A) ColorAt(double x, double y)
{
    if (RoundedBox(x, y, 0.5, 0.5, 0.48, 0.48, 0.13) > 0)
    {
        return default;
    }

    var color = (R: 0.05 + (0.03 * (1 - y)), G: 0.28 + (0.16 * (1 - y)), B: 0.42 + (0.18 * (1 - y)), A: 1.0);
    var white = (R: 1.0, G: 1.0, B: 1.0, A: 1.0);
    var amber = (R: 0.98, G: 0.66, B: 0.10, A: 1.0);

    // shackle: a ring above its center, two legs below
    var ring = Math.Abs(Math.Sqrt(((x - 0.5) * (x - 0.5)) + ((y - 0.36) * (y - 0.36))) - 0.165);
    if ((y <= 0.36 && ring <= 0.045) || (y > 0.36 && y < 0.5 && Math.Abs(Math.Abs(x - 0.5) - 0.165) <= 0.045))
    {
        color = white;
    }

    if (RoundedBox(x, y, 0.5, 0.64, 0.27, 0.20, 0.05) <= 0)
    {
        color = white;
    }

    // arrow: shaft from the left edge through the body, head at its right
    var inShaft = Math.Abs(y - 0.64) <= 0.048 && x >= 0.10 && x <= 0.64;
    var inHead = x >= 0.60 && x <= 0.90 - Math.Abs(y - 0.64) * 1.9 && Math.Abs(y - 0.64) <= 0.15;
    if (inShaft || inHead)
    {
        color = amber;
    }
    else if (RoundedBox(x, y, 0.5, 0.64, 0.27, 0.20, 0.05) <= 0
        && ((Math.Abs(y - 0.64) <= 0.078 && x <= 0.60) || (x >= 0.565 && x <= 0.955 - Math.Abs(y - 0.64) * 1.9 && Math.Abs(y - 0.64) <= 0.185)))
    {
        // a rim in the color of the ground keeps the arrow apart from the body
        color = (0.06, 0.36, 0.50, 1.0);
    }

    return color;
}

// Distance of a point to a box with round corners, negative inside.
static double RoundedBox(double x, double y, double centerX, double centerY, double halfWidth, double halfHeight, double radius)
{
    var dx = Math.Abs(x - centerX) - (halfWidth - radius);
    var dy = Math.Abs(y - centerY) - (halfHeight - radius);
    return Math.Sqrt((Math.Max(dx, 0) * Math.Max(dx, 0)) + (Math.Max(dy, 0) * Math.Max(dy, 0))) + Math.Min(Math.Max(dx, dy), 0) - radius;
}

static byte Channel(double sum, double alpha) => alpha == 0 ? (byte)0 : (byte)Math.Round(255 * sum / alpha);

static byte[] Compressed(byte[] data)
{
    var result = new MemoryStream();
    using (var stream = new ZLibStream(result, CompressionLevel.SmallestSize))
    {
        stream.Write(data);
    }

    return result.ToArray();
}

static void WriteChunk(Stream png, string type, byte[] data)
{
    Span<byte> number = stackalloc byte[4];
    BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
    png.Write(number);
    byte[] checkedPart = [.. Encoding.ASCII.GetBytes(type), .. data];
    png.Write(checkedPart);
    BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(checkedPart));
    png.Write(number);
}

// PNG specification, annex D
static uint Crc32(byte[] data)
{
    var crc = uint.MaxValue;
    foreach (var b in data)
    {
        crc ^= b;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
    }

    return ~crc;
}

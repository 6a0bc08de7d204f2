using System.Buffers.Binary;
using System.Net.Sockets;

namespace PremiumSupport.Tests.Lines;

/// <summary>A whole message of a server, or a control frame: the bytes as they came, and what they say.</summary>
internal sealed record WebSocketMessage(byte[] Raw, byte[] Payload);

/// <summary>Reads what a WebSocket server says, message by message (RFC 6455, section 5). A server masks nothing, and the line has talked it out of compression.</summary>
internal sealed class WebSocketMessages(NetworkStream stream) : IDisposable
{
    private const int Final = 0x80;
    private const int Opcode = 0x0F;
    private const int Control = 0x08;

    private readonly MemoryStream _raw = new();
    private readonly MemoryStream _payload = new();

    /// <summary>The next one, put together from its frames; null at the end.</summary>
    public async Task<WebSocketMessage?> ReadAsync()
    {
        while (true)
        {
            var head = new byte[10];
            if (await stream.ReadAtLeastAsync(head.AsMemory(0, 2), 2, throwOnEndOfStream: false) < 2)
            {
                return null;
            }

            var size = 2;
            long length = head[1] & 0x7F;
            if (length >= 126)
            {
                var more = length == 126 ? 2 : 8;
                await stream.ReadExactlyAsync(head.AsMemory(2, more));
                length = more == 2 ? BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2)) : BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(2));
                size += more;
            }

            var payload = new byte[length];
            await stream.ReadExactlyAsync(payload);
            if ((head[0] & Opcode & Control) != 0)
            {
                // May stand between the frames of a message; it goes on its own, and the rest of the message follows it.
                return new([.. head.AsSpan(0, size), .. payload], []);
            }

            _raw.Write(head, 0, size);
            _raw.Write(payload);
            _payload.Write(payload);
            if ((head[0] & Final) != 0)
            {
                var message = new WebSocketMessage(_raw.ToArray(), _payload.ToArray());
                _raw.SetLength(0);
                _payload.SetLength(0);
                return message;
            }
        }
    }

    public void Dispose()
    {
        _raw.Dispose();
        _payload.Dispose();
    }
}

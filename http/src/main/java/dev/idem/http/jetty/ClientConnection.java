package dev.idem.http.jetty;

import dev.idem.core.engine.waiting.ClientLiveness;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Detects whether a client has disconnected, without reading from its connection: the next bytes may be another request's. A
 * socket at its end is readable and has nothing to read. A client that only closes its sending side counts as gone too, as it
 * does for proxies.
 *
 * <p>Over HTTP/2 the server reads all the time, and says when a stream was reset or its connection has ended. It needs
 * {@link Http2Requests}.
 *
 * <p>Not detected: the clean end of a TLS connection of HTTP/1.1, whose last record looks like data. Such a client is noticed
 * when the response is written. Thread-safe.
 */
public final class ClientConnection implements ClientLiveness {
    private final SocketChannel channel;

    private ClientConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** {@link ClientLiveness#PRESENT} if the request did not come over a socket, as in tests within one process. */
    public static ClientLiveness of(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2) {
            @Nullable Http2Request stream = Request.as(request, Http2Request.class);
            return stream == null ? ClientLiveness.PRESENT : stream::isGone;
        }
        return channelOf(request.getConnectionMetaData().getConnection().getEndPoint())
                .<ClientLiveness>map(ClientConnection::new)
                .orElse(ClientLiveness.PRESENT);
    }

    private static Optional<SocketChannel> channelOf(EndPoint endPoint) {
        EndPoint innermost = endPoint;
        while (innermost instanceof EndPoint.Wrapper wrapper) {
            innermost = wrapper.unwrap();
        }
        return innermost instanceof SocketChannelEndPoint socket ? Optional.of(socket.getChannel()) : Optional.empty();
    }

    @Override
    public boolean isGone() {
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.selectNow() > 0 && channel.socket().getInputStream().available() == 0;
        } catch (ClosedChannelException e) {
            return true;
        } catch (IOException e) {
            // The socket is broken: no response can be sent on it.
            return !channel.isOpen() || !channel.isConnected();
        }
    }
}

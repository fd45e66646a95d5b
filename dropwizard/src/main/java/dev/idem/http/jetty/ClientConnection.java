package dev.idem.http.jetty;

import dev.idem.core.engine.ClientLiveness;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Request;

/**
 * Whether the client of a request is still there, found out without reading from its connection: the next bytes on it may
 * be another request's, and belong to the server. An end of the stream makes a socket readable with nothing to be read. One that
 * says so has hung up, or at least will send no more; a client that closes its sending side only, and goes on listening, is
 * taken for gone as well, as proxies do.
 *
 * <p>Not seen: a clean end of a TLS connection that ends in this server, since its last record looks like data, and the reset of
 * a single HTTP/2 stream. Such a client is missed when it is answered. Thread-safe.
 */
public final class ClientConnection implements ClientLiveness {
    private final SocketChannel channel;

    private ClientConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /** {@link ClientLiveness#PRESENT} if the request has come by other means than a socket, as over a virtual machine's own. */
    public static ClientLiveness of(Request request) {
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
            // The socket itself is broken: nobody can be answered on it.
            return !channel.isOpen() || !channel.isConnected();
        }
    }
}

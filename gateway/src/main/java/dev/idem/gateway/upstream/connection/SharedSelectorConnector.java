package dev.idem.gateway.upstream.connection;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;

/**
 * Connects to upstreams, and lets the server's selectors watch the connections. The thread that reads a request and
 * forwards it also reads the response, and wakes no other thread. Thread-safe.
 */
public final class SharedSelectorConnector extends ClientConnector {
    private final Supplier<List<ManagedSelector>> servers;
    private final AtomicInteger turn = new AtomicInteger();

    /** @param servers the server's selectors; while there are none, connections stay with this connector's own */
    public SharedSelectorConnector(Supplier<List<ManagedSelector>> servers) {
        this.servers = servers;
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector own, SelectionKey key) {
        List<ManagedSelector> near = servers.get();
        if (near.isEmpty()) {
            return counted(channel, own, key);
        }
        ManagedSelector selector = near.get(Math.floorMod(turn.getAndIncrement(), near.size()));
        try {
            SelectionKey shared = channel.register(selector.getSelector(), 0, key.attachment());
            EndPoint endPoint = counted(channel, selector, shared);
            shared.attach(endPoint);
            key.cancel();
            own.submit(unused -> {}); // forgets the key now: a channel ends when no selector has it
            return endPoint;
        } catch (ClosedChannelException e) {
            return counted(channel, own, key);
        }
    }

    private EndPoint counted(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
        return new ByteCountingEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }
}

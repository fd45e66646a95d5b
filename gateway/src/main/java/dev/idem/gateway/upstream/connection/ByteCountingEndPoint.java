package dev.idem.gateway.upstream.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connection that counts the bytes sent. One thread at a time writes; any thread may ask. */
final class ByteCountingEndPoint extends SocketChannelEndPoint {
    private volatile long left;
    private volatile boolean writing;

    ByteCountingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** How many bytes the operating system has taken. */
    long left() {
        return left;
    }

    /** Whether nothing was sent beyond this count, and nothing will be any more. */
    boolean hasEndedAt(long before) {
        return !isOpen() && !writing && left == before;
    }

    @Override
    public boolean flush(ByteBuffer... buffers) throws IOException {
        long whole = left + remaining(buffers);
        writing = true;
        try {
            return super.flush(buffers);
        } finally {
            left = whole - remaining(buffers);
            writing = false;
        }
    }

    private static long remaining(ByteBuffer... buffers) {
        long remaining = 0;
        for (ByteBuffer buffer : buffers) {
            remaining += buffer.remaining();
        }
        return remaining;
    }
}

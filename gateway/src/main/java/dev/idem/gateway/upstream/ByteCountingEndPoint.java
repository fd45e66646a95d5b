package dev.idem.gateway.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/** A connection that knows how much has left on it. One thread at a time writes; any may ask. */
final class ByteCountingEndPoint extends SocketChannelEndPoint {
    private volatile long left;
    private volatile boolean writing;

    ByteCountingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** The bytes that the operating system has taken. */
    long left() {
        return left;
    }

    /** Whether nothing has left beyond this, and nothing will any more. */
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

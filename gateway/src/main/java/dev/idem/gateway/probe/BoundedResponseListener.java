package dev.idem.gateway.probe;

import dev.idem.http.memory.ByteAccumulator;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;

/** Receives an upstream's response up to a limit, and keeps its body if it is needed. Used once. */
abstract class BoundedResponseListener implements Response.Listener {
    private final long limit;
    private final IntPredicate needed;
    private final ByteAccumulator held = new ByteAccumulator();
    private long heard;
    private volatile boolean cut;

    /**
     * @param limit of the body in bytes; a longer body is cut off
     * @param needed tells for which statuses the body is needed
     */
    BoundedResponseListener(long limit, IntPredicate needed) {
        this.limit = limit;
        this.needed = needed;
    }

    @Override
    public void onContent(Response upstream, Content.Chunk chunk, Runnable demander) {
        heard += chunk.remaining();
        if (heard > limit) {
            cut = true;
            held.clear();
            var unused = upstream.abort(new IOException("a response of more than " + limit + " bytes"));
            return;
        }
        if (needed.test(upstream.getStatus())) {
            held.add(chunk.getByteBuffer());
        }
        demander.run();
    }

    /** Whether the body was cut off: the upstream did respond, and the gateway ended the response. */
    boolean isCut() {
        return cut;
    }

    /** Whether everything that is needed has been received. */
    boolean suffices(Response upstream) {
        return !cut || !needed.test(upstream.getStatus());
    }

    /** The part of the body that was kept. */
    byte[] body() {
        return held.toByteArray();
    }
}

package dev.idem.gateway.exchange;

import dev.idem.http.memory.ByteAccumulator;
import java.io.IOException;
import java.util.function.IntPredicate;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.io.Content;

/** Hears an upstream's answer up to a limit, and keeps its body if that is needed. Used once. */
abstract class BoundedResponseListener implements Response.Listener {
    private final long limit;
    private final IntPredicate needed;
    private final ByteAccumulator held = new ByteAccumulator();
    private long heard;
    private volatile boolean cut;

    /**
     * @param limit of the body, bytes; a longer answer is cut there
     * @param needed the statuses with which the body is
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
            var unused = upstream.abort(new IOException("an answer of more than " + limit + " bytes"));
            return;
        }
        if (needed.test(upstream.getStatus())) {
            held.add(chunk.getByteBuffer());
        }
        demander.run();
    }

    /** Whether it was longer: the upstream has answered, and it is we who have ended that. */
    boolean isCut() {
        return cut;
    }

    /** Whether what has been heard is all that is needed. */
    boolean suffices(Response upstream) {
        return !cut || !needed.test(upstream.getStatus());
    }

    /** What was kept of the body. */
    byte[] body() {
        return held.toByteArray();
    }
}

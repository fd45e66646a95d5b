package dev.idem.redis.connect;

import dev.idem.core.store.UnavailableReason;
import java.util.concurrent.atomic.AtomicInteger;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Notices that a server's name may lead elsewhere by now: a server says that it is a replica, or knows a script no longer. Clients
 * of one server share this. What they connected before such a reply is not used again, so that they do not mix two servers.
 * Thread-safe.
 */
public final class ServerChanges {
    private final AtomicInteger signs = new AtomicInteger();

    /** How many signs there have been. A connection from before the latest one is not used again. */
    int signs() {
        return signs.get();
    }

    /**
     * Looks at an error reply.
     *
     * @param known the signs there were when its connection was made: an older one says nothing new
     */
    void consider(JedisDataException reply, int known) {
        if (reply instanceof JedisNoScriptException || isFromReplica(reply)) {
            signs.compareAndSet(known, known + 1);
        }
    }

    private static boolean isFromReplica(JedisDataException reply) {
        return ErrorReply.read(String.valueOf(reply.getMessage()))
                .filter(error -> error.reason() == UnavailableReason.READ_ONLY)
                .isPresent();
    }
}

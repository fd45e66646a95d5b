package dev.idem.redis.connect;

import dev.idem.core.background.WrappedError;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.redis.tls.HandshakeFailure;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisClusterOperationException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Tells an unavailable Redis from a mistake of ours. Whatever is no reply at all (connection, timeout, no cluster node) is
 * unavailability, and so are the error replies by which a server says that it cannot serve now. If a pool had no connection free,
 * nothing was sent, and only this process is busy. Any other error reply is a defect and passes.
 */
public final class RedisFailures {
    /** What Redis says of a value of another type, claim.lua of one of another release, and Lua of one that is cut short. */
    private static final List<String> OF_A_VALUE =
            List.of("WRONGTYPE", "IDEM a record of version", "data string too short", "attempt to concatenate");

    private static final String UNKNOWN_REPLY = "Unknown reply: ";

    /** The type of a TLS alert. A server that expects TLS replies with it to plain text. */
    private static final char TLS_ALERT = 21;

    private static final int MOST_CAUSES = 20;

    private RedisFailures() {}

    /** @throws StoreUnavailableException instead of a failure that says that Redis is unavailable */
    public static <T> T translate(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (JedisException e) {
            throw unavailable(store, e).orElseThrow(() -> e);
        }
    }

    /**
     * As {@link #translate}, for one record.
     *
     * @throws UnreadableRecordException instead of a failure that says that its value is no record
     */
    public static <T> T translateOfRecord(String store, RecordId id, Supplier<T> call) {
        return translate(store, () -> {
            try {
                return call.get();
            } catch (JedisDataException e) {
                String reply = String.valueOf(e.getMessage());
                if (OF_A_VALUE.stream().noneMatch(reply::contains)) {
                    throw e;
                }
                throw new UnreadableRecordException(UnreadableRecord.of(store, id, e), e);
            }
        });
    }

    /** As {@link #translate}, for opening a client: any failure then means that Redis is unavailable. */
    public static <T> T translateOpening(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (JedisException e) {
            throw unavailable(store, e).orElseGet(() -> failed(store, UnavailableReason.OTHER, e));
        }
    }

    /** For a command that this user may not run, or that the server does not have. */
    public static StoreUnavailableException forbidden(String store, String command) {
        return replied(store, ErrorReply.ofForbidden(command), null);
    }

    private static Optional<StoreUnavailableException> unavailable(String store, JedisException failure) {
        Optional<StoreUnavailableException> why = whyUnavailable(store, failure);
        return failure instanceof JedisClusterOperationException ofCluster && ofCluster.getNode() != null
                ? why.map(known -> at(ofCluster.getNode(), known))
                : why;
    }

    private static StoreUnavailableException at(HostAndPort node, StoreUnavailableException failure) {
        return new StoreUnavailableException(
                failure.store(),
                failure.reason(),
                failure.why() + " (node " + node + ')',
                failure.advice(),
                failure.getCause());
    }

    private static Optional<StoreUnavailableException> whyUnavailable(String store, JedisException failure) {
        WrappedError.throwIfIn(failure);
        if (failure instanceof JedisBroadcastException some) {
            return Optional.of(ofSomeNodes(store, some));
        }
        @Nullable JedisDataException reply = reply(failure);
        if (reply == null) {
            return Optional.of(failed(store, isOfPool(failure) ? UnavailableReason.BUSY : noReply(failure), failure));
        }
        Optional<StoreUnavailableException> known =
                ErrorReply.read(String.valueOf(reply.getMessage())).map(error -> replied(store, error, failure));
        return known.isPresent() || failure instanceof JedisDataException
                ? known
                : Optional.of(failed(store, noReply(failure), failure));
    }

    /** Some nodes of a cluster failed. The first of them says why. */
    private static StoreUnavailableException ofSomeNodes(String store, JedisBroadcastException some) {
        return some.getReplies().entrySet().stream()
                .filter(reply -> reply.getValue() instanceof JedisException)
                .flatMap(reply -> whyUnavailable(store, (JedisException) reply.getValue()).stream()
                        .map(why -> at(reply.getKey(), why)))
                .findFirst()
                .orElseGet(() -> failed(store, UnavailableReason.OTHER, some));
    }

    private static StoreUnavailableException failed(String store, UnavailableReason reason, JedisException cause) {
        Optional<String> handshake = HandshakeFailure.sentence(cause);
        return handshake.isPresent()
                ? new StoreUnavailableException(
                        store, UnavailableReason.TLS, handshake.get(), advice(UnavailableReason.TLS), cause)
                : usual(store, reason, cause);
    }

    private static StoreUnavailableException usual(String store, UnavailableReason reason, JedisException cause) {
        return new StoreUnavailableException(store, reason, advice(reason), cause);
    }

    private static StoreUnavailableException replied(String store, ErrorReply reply, @Nullable JedisException cause) {
        String advice = Objects.requireNonNullElseGet(reply.advice(), () -> advice(reply.reason()));
        return new StoreUnavailableException(store, reply.reason(), reply.why(), advice, cause);
    }

    /**
     * The server's error reply, which may have come while the connection was opened. A client of a cluster that cannot ask any host
     * for the others gives the first failure as a suppressed one.
     */
    private static @Nullable JedisDataException reply(JedisException failure) {
        Deque<Throwable> next = new ArrayDeque<>();
        next.add(failure);
        for (int seen = 0; !next.isEmpty() && seen < MOST_CAUSES; seen++) {
            Throwable cause = next.remove();
            if (cause instanceof JedisDataException error) {
                return error;
            }
            if (cause.getCause() != null) {
                next.add(cause.getCause());
            }
            if (cause instanceof JedisClusterOperationException) {
                next.addAll(Arrays.asList(cause.getSuppressed()));
            }
        }
        return null;
    }

    /** No connection was to be had in time, so that nothing was sent. A pool says the same of a connection that it could not check. */
    private static boolean isOfPool(JedisException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoFreeConnectionException
                    || (cause instanceof NoSuchElementException
                            && cause.getCause() == null
                            && !String.valueOf(cause.getMessage()).startsWith("Unable to"))) {
                return true;
            }
        }
        return false;
    }

    private static UnavailableReason noReply(JedisException failure) {
        return UnavailableReason.ofNetwork(failure).orElseGet(() -> ofNonsense(failure));
    }

    private static UnavailableReason ofNonsense(JedisException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith(UNKNOWN_REPLY)) {
                return message.length() > UNKNOWN_REPLY.length() && message.charAt(UNKNOWN_REPLY.length()) == TLS_ALERT
                        ? UnavailableReason.TLS
                        : UnavailableReason.WRONG_SERVER;
            }
        }
        return UnavailableReason.OTHER;
    }

    private static String advice(UnavailableReason reason) {
        return switch (reason) {
            case REFUSED -> "Start Redis, or correct the host and port in redis.url (REDIS_URL).";
            case TIMEOUT ->
                "Check Redis's load and the network, and that redis.url (REDIS_URL) names the right host. It must begin with"
                        + " rediss:// if the server expects TLS, and with redis:// if not.";
            case UNKNOWN_HOST -> "Correct the host in redis.url (REDIS_URL), or its DNS entry.";
            case TLS ->
                "Let redis.url (REDIS_URL) begin with rediss:// if the server uses TLS and with redis:// if not. Set redis.caFile"
                        + " if Java does not trust the authority of its certificate, which must name the host of the URL;"
                        + " set redis.certFile and redis.keyFile if it asks for one.";
            case AUTHENTICATION -> "Correct the user and password in redis.url (REDIS_URL).";
            case PERMISSION -> "Give the user in redis.url (REDIS_URL) the rights it lacks: see ACL SETUSER.";
            case READ_ONLY -> "Let redis.url (REDIS_URL) name the primary: replicas refuse writes.";
            case FULL -> "Give the Redis in redis.url (REDIS_URL) more memory (maxmemory), disk or connections.";
            case WRONG_SERVER ->
                "Something else listens there: let redis.url (REDIS_URL) name a Redis server, and redis.mode (REDIS_MODE)"
                        + " its kind.";
            case FOREIGN_KEY ->
                "Another program uses the name of a key of ours in the Redis of redis.url (REDIS_URL). Run: idem-admin doctor,"
                        + " which names it.";
            case BUSY ->
                "All connections of this process's pool to Redis are in use: make the pool larger, or look for what holds its"
                        + " connections for long.";
            case CONFLICT, STATEMENT_FAILED, OTHER ->
                "Check that Redis runs and that redis.url (REDIS_URL) is right: it must begin with rediss:// if the server"
                        + " expects TLS, and with redis:// if not.";
        };
    }
}

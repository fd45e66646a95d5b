package dev.idem.redis.connect;

import dev.idem.core.background.WrappedError;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisBroadcastException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Tells an unavailable Redis from a mistake of ours. Whatever is no reply at all (connection, timeout, pool exhausted, no
 * cluster node) is unavailability, and so are the error replies by which a server says that it cannot serve now. Any other
 * error reply is a defect and passes.
 */
public final class RedisFailures {
    private static final Map<String, UnavailableReason> CANNOT_SERVE = Map.ofEntries(
            Map.entry("LOADING", UnavailableReason.OTHER),
            Map.entry("MASTERDOWN", UnavailableReason.OTHER),
            Map.entry("CLUSTERDOWN", UnavailableReason.OTHER),
            Map.entry("NOREPLICAS", UnavailableReason.OTHER),
            Map.entry("BUSY", UnavailableReason.OTHER),
            Map.entry("TRYAGAIN", UnavailableReason.OTHER),
            Map.entry("UNBLOCKED", UnavailableReason.OTHER),
            Map.entry("READONLY", UnavailableReason.READ_ONLY),
            Map.entry("OOM", UnavailableReason.FULL),
            Map.entry("MISCONF", UnavailableReason.FULL),
            Map.entry("NOAUTH", UnavailableReason.AUTHENTICATION),
            Map.entry("WRONGPASS", UnavailableReason.AUTHENTICATION),
            Map.entry("NOPERM", UnavailableReason.PERMISSION));

    private static final String UNKNOWN_REPLY = "Unknown reply: ";

    /** The type of a TLS alert. A server that expects TLS replies with it to plain text. */
    private static final char TLS_ALERT = 21;

    private RedisFailures() {}

    /** @throws StoreUnavailableException instead of a failure that says that Redis is unavailable */
    public static <T> T translate(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (JedisException e) {
            Optional<UnavailableReason> reason = classify(e);
            if (reason.isEmpty()) {
                throw e;
            }
            throw unavailable(store, reason.get(), e);
        }
    }

    /** As {@link #translate}, for opening a client: any failure then means that Redis is unavailable. */
    public static <T> T translateOpening(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (JedisException e) {
            throw unavailable(store, classify(e).orElse(UnavailableReason.OTHER), e);
        }
    }

    private static StoreUnavailableException unavailable(String store, UnavailableReason reason, JedisException e) {
        return new StoreUnavailableException(store, reason, advice(reason), e);
    }

    private static Optional<UnavailableReason> classify(JedisException failure) {
        WrappedError.throwIfIn(failure);
        if (failure instanceof JedisBroadcastException) {
            return Optional.of(UnavailableReason.OTHER); // some nodes of a cluster failed
        }
        Optional<UnavailableReason> reply = reply(failure);
        return reply.isPresent() || failure instanceof JedisDataException ? reply : Optional.of(noReply(failure));
    }

    /** The reason in the server's error reply, which may have come while the connection was opened. */
    private static Optional<UnavailableReason> reply(JedisException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JedisDataException error) {
                return ofReply(String.valueOf(error.getMessage()));
            }
        }
        return Optional.empty();
    }

    private static Optional<UnavailableReason> ofReply(String reply) {
        if (reply.startsWith("ERR max number of clients")) {
            return Optional.of(UnavailableReason.FULL);
        }
        if (reply.startsWith("ERR AUTH") || reply.startsWith("ERR Client sent AUTH")) {
            return Optional.of(UnavailableReason.AUTHENTICATION); // a password for a server that has none
        }
        if (reply.contains("cluster support disabled")) {
            return Optional.of(UnavailableReason.WRONG_SERVER);
        }
        // Redis before 7 wraps the reply of a command inside a script: "ERR Error running script (…): -OOM command …".
        int inScript = reply.indexOf(": -");
        String code = inScript < 0 ? reply : reply.substring(inScript + 3);
        return Optional.ofNullable(CANNOT_SERVE.get(code.split(" ", 2)[0]));
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
            case TIMEOUT -> "Check Redis's load and the network, and that redis.url (REDIS_URL) names the right host.";
            case UNKNOWN_HOST -> "Correct the host in redis.url (REDIS_URL), or its DNS entry.";
            case TLS ->
                "Let redis.url (REDIS_URL) begin with rediss:// if the server uses TLS and with redis:// if not; Java must"
                        + " trust its certificate.";
            case AUTHENTICATION -> "Correct the user and password in redis.url (REDIS_URL).";
            case PERMISSION -> "Give the user in redis.url (REDIS_URL) the rights it lacks: see ACL SETUSER.";
            case READ_ONLY -> "Let redis.url (REDIS_URL) name the primary: replicas refuse writes.";
            case FULL -> "Give the Redis in redis.url (REDIS_URL) more memory (maxmemory), disk or connections.";
            case WRONG_SERVER ->
                "Something else listens there: let redis.url (REDIS_URL) name a Redis server, and redis.mode (REDIS_MODE)"
                        + " its kind.";
            case OTHER -> "Check that Redis runs and that redis.url (REDIS_URL) is right.";
        };
    }
}

package dev.idem.redis.connect;

import dev.idem.core.store.UnavailableReason;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an error reply says about the server that sent it.
 *
 * @param why in one line; never a key, which replies may quote
 * @param advice instead of the usual advice for this reason; null if there is none
 */
record ErrorReply(
        UnavailableReason reason, String why, @Nullable String advice) {
    private static final Map<String, UnavailableReason> BY_CODE = Map.ofEntries(
            Map.entry("LOADING", UnavailableReason.OTHER),
            Map.entry("MASTERDOWN", UnavailableReason.OTHER),
            Map.entry("CLUSTERDOWN", UnavailableReason.OTHER),
            Map.entry("NOREPLICAS", UnavailableReason.OTHER),
            Map.entry("BUSY", UnavailableReason.OTHER),
            Map.entry("TRYAGAIN", UnavailableReason.OTHER),
            Map.entry("UNBLOCKED", UnavailableReason.OTHER),
            Map.entry("WRONGTYPE", UnavailableReason.FOREIGN_KEY),
            Map.entry("READONLY", UnavailableReason.READ_ONLY),
            Map.entry("OOM", UnavailableReason.FULL),
            Map.entry("MISCONF", UnavailableReason.FULL),
            Map.entry("NOAUTH", UnavailableReason.AUTHENTICATION),
            Map.entry("WRONGPASS", UnavailableReason.AUTHENTICATION),
            Map.entry("NOPERM", UnavailableReason.PERMISSION));

    private static final Map<String, String> ADVICE = Map.of(
            "OOM", "The Redis in redis.url (REDIS_URL) has used its maxmemory: give it more.",
            "MISCONF",
                    "The Redis in redis.url (REDIS_URL) cannot write its files, and so takes no writes: check its disk and its log.",
            "NOREPLICAS",
                    "The Redis in redis.url (REDIS_URL) has fewer replicas than its min-replicas-to-write: bring them back.",
            "CLUSTERDOWN", "The cluster in redis.url (REDIS_URL) lacks a node for some slots: see its CLUSTER INFO.",
            "LOADING", "The Redis in redis.url (REDIS_URL) reads its data after a start: wait until it has.",
            "BUSY", "A script of somebody else keeps the Redis in redis.url (REDIS_URL) busy: see its SLOWLOG.");

    /** What servers and hosted services say of a command that they do not have or do not allow. */
    private static final List<String> FORBIDDEN = List.of(
            "unknown command",
            "unknown redis command",
            "permissions to run",
            "can't run this command",
            "not allowed",
            "not supported",
            "unsupported command",
            "not available",
            "disabled command",
            "command is disabled");

    /** A command's name stands before the arguments that a reply may quote. */
    private static final Pattern ARGUMENTS = Pattern.compile(", with args beginning with.*", Pattern.DOTALL);

    private static final Pattern COMMAND =
            Pattern.compile("\\b(" + String.join("|", RedisCommands.ALL) + ")\\b", Pattern.CASE_INSENSITIVE);

    /**
     * Redis before 7 wraps the reply of a command inside a script, once or twice: "ERR Error running script (…): @user_script:3:
     * WRONGTYPE …", or "…: @user_script:3: @user_script: 3: -OOM command …".
     */
    private static final Pattern WRAPPED = Pattern.compile("^(?:.*?@user_script: ?\\d+: -?)+|^.*?: -");

    /** Redis 7 says where in a script a command failed. */
    private static final Pattern PLACE = Pattern.compile(" script: [0-9a-f]{40}, on @user_script:.*");

    /** Empty if the reply is a mistake of ours. */
    static Optional<ErrorReply> read(String reply) {
        String bare = PLACE.matcher(WRAPPED.matcher(reply).replaceFirst("")).replaceFirst("");
        String code = bare.split(" ", 2)[0];
        @Nullable UnavailableReason known = BY_CODE.get(code);
        if (known != null && known != UnavailableReason.PERMISSION) {
            return Optional.of(new ErrorReply(known, bare, ADVICE.get(code)));
        }
        return setting(bare).or(() -> permission(bare));
    }

    private static Optional<ErrorReply> setting(String reply) {
        if (reply.startsWith("ERR max number of clients")) {
            return Optional.of(new ErrorReply(
                    UnavailableReason.FULL,
                    reply,
                    "The Redis in redis.url (REDIS_URL) has as many clients as it allows: raise its maxclients."));
        }
        if (reply.startsWith("ERR AUTH") || reply.startsWith("ERR Client sent AUTH")) {
            return Optional.of(new ErrorReply(
                    UnavailableReason.AUTHENTICATION, reply, null)); // a password for a server that has none
        }
        if (reply.contains("cluster support disabled")) {
            return Optional.of(
                    new ErrorReply(
                            UnavailableReason.WRONG_SERVER,
                            "it is no node of a cluster",
                            "Set redis.mode (REDIS_MODE) to standalone, or let redis.url (REDIS_URL) name a node of a cluster."));
        }
        if (reply.startsWith("MOVED ") || reply.startsWith("ASK ")) {
            return Optional.of(new ErrorReply(
                    UnavailableReason.WRONG_SERVER,
                    "it is a node of a cluster",
                    "Set redis.mode (REDIS_MODE) to cluster, or let redis.url (REDIS_URL) name another server."));
        }
        if (reply.contains("DB index") || reply.startsWith("ERR SELECT is not allowed")) {
            return Optional.of(new ErrorReply(
                    UnavailableReason.OTHER,
                    reply,
                    "Correct the database after the slash in redis.url (REDIS_URL): this server does not have it."));
        }
        return Optional.empty();
    }

    private static Optional<ErrorReply> permission(String reply) {
        String words = ARGUMENTS.matcher(reply).replaceFirst("");
        String lower = words.toLowerCase(Locale.ROOT);
        if (FORBIDDEN.stream().anyMatch(lower::contains)) {
            Matcher named = COMMAND.matcher(words);
            return Optional.of(
                    named.find()
                            ? ofForbidden(named.group(1))
                            : new ErrorReply(UnavailableReason.PERMISSION, words, RedisCommands.ADVICE));
        }
        return words.startsWith("NOPERM") || words.contains("The user executing the script can't")
                ? Optional.of(new ErrorReply(UnavailableReason.PERMISSION, words, null))
                : Optional.empty();
    }

    /** For a command that this user may not run, or that the server does not have. */
    static ErrorReply ofForbidden(String command) {
        return new ErrorReply(
                UnavailableReason.PERMISSION,
                "the server does not allow the command " + command.toUpperCase(Locale.ROOT),
                RedisCommands.ADVICE);
    }
}

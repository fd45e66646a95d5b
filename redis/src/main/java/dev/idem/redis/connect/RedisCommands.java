package dev.idem.redis.connect;

import java.util.List;
import java.util.stream.Stream;

/** The commands of Redis that the layer uses. docs/operations.md says what for. */
public final class RedisCommands {
    /** Without these, Redis cannot be used. {@code probe.lua} tries them. */
    public static final List<String> NEEDED = List.of(
            "EVALSHA",
            "EVAL",
            "GET",
            "MGET",
            "GETRANGE",
            "STRLEN",
            "SET",
            "SETRANGE",
            "INCR",
            "DEL",
            "PEXPIRE",
            "PTTL",
            "HGET",
            "HGETALL",
            "HSET",
            "HDEL",
            "ZADD",
            "ZRANGEBYSCORE",
            "ZREM",
            "SCAN",
            "DBSIZE",
            "TIME");

    /** Those of connections, and those that only operators' answers need. */
    private static final List<String> OTHER =
            List.of("AUTH", "HELLO", "CLIENT", "SELECT", "PING", "CLUSTER", "SENTINEL", "INFO", "MEMORY");

    static final List<String> ALL =
            Stream.concat(NEEDED.stream(), OTHER.stream()).toList();

    static final String ADVICE = "Allow it to the user in redis.url (REDIS_URL) with ACL SETUSER, or undo its"
            + " rename-command: docs/operations.md lists the commands that are needed.";

    private RedisCommands() {}
}

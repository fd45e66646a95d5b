package dev.idem.embedded.junit;

/**
 * A place in the Redis that all tests of this JVM share: a numbered database of its own, which it may fill, count and empty
 * ({@code FLUSHDB}). A test that flushes all, forgets scripts, stops or slows the server needs an
 * {@link dev.idem.embedded.EphemeralRedis} instead.
 *
 * @param url with password and the database's number
 * @param keyPrefix of this parameter alone, such as {@code t17:}
 * @param pid of the server
 */
public record TestRedis(String url, String keyPrefix, long pid) {}

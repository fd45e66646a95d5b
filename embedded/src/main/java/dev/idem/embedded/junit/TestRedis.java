package dev.idem.embedded.junit;

/**
 * A place in the Redis that all tests of this JVM share. A test that flushes, stops or slows it needs an
 * {@link dev.idem.embedded.EphemeralRedis} instead.
 *
 * @param url with password
 * @param keyPrefix of this parameter alone, such as {@code t17:}
 * @param pid of the server
 */
public record TestRedis(String url, String keyPrefix, long pid) {}

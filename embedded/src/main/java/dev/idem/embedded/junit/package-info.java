/**
 * The servers as parameters of JUnit tests: register {@link dev.idem.embedded.junit.ServersExtension} and ask for a
 * {@link dev.idem.embedded.junit.TestRedis} or a {@link dev.idem.embedded.junit.TestDatabase}.
 */
@NullMarked
package dev.idem.embedded.junit;

import org.jspecify.annotations.NullMarked;

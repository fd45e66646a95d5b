/**
 * For tests of those who write a store: a test class that extends {@link StoreContract} shows that the store does what the
 * engine relies on. Servers for JUnit 5 come with it, from {@code dev.idem.embedded.junit}.
 */
@NullMarked
package dev.idem.testing;

import org.jspecify.annotations.NullMarked;

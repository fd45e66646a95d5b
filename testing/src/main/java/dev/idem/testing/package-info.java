/**
 * For authors of stores: a test class that extends {@link StoreContract} shows that the store fulfils the contract of
 * the engine. The module brings servers for JUnit 5, from {@code dev.idem.embedded.junit}.
 */
@NullMarked
package dev.idem.testing;

import org.jspecify.annotations.NullMarked;

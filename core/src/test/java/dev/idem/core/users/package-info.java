/** Tests of {@code dev.idem.core.users}. */
@NullMarked
package dev.idem.core.users;

import org.jspecify.annotations.NullMarked;

/** Tests of {@code dev.idem.service.auth}. */
@NullMarked
package dev.idem.service.auth;

import org.jspecify.annotations.NullMarked;

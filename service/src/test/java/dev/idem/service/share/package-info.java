/** Tests of {@code dev.idem.service.share}. */
@NullMarked
package dev.idem.service.share;

import org.jspecify.annotations.NullMarked;

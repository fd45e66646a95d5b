/** Database URLs. */
@NullMarked
package dev.idem.postgres.connect;

import org.jspecify.annotations.NullMarked;

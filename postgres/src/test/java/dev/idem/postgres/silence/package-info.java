@NullMarked
package dev.idem.postgres.silence;

import org.jspecify.annotations.NullMarked;

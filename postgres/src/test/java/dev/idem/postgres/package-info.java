@NullMarked
package dev.idem.postgres;

import org.jspecify.annotations.NullMarked;

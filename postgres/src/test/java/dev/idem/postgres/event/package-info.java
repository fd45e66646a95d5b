@NullMarked
package dev.idem.postgres.event;

import org.jspecify.annotations.NullMarked;

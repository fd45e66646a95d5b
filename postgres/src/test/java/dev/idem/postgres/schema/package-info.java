@NullMarked
package dev.idem.postgres.schema;

import org.jspecify.annotations.NullMarked;

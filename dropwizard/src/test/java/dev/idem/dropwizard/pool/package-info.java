/** Tests of what a pool needs. */
@NullMarked
package dev.idem.dropwizard.pool;

import org.jspecify.annotations.NullMarked;

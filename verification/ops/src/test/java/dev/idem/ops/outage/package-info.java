/** Clients that repeat their requests, an API that counts executions, and a soak on both while stores fail. */
@NullMarked
package dev.idem.ops.outage;

import org.jspecify.annotations.NullMarked;

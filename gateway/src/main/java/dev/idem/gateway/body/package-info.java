/** The minimum rate at which a request body must arrive. */
@NullMarked
package dev.idem.gateway.body;

import org.jspecify.annotations.NullMarked;

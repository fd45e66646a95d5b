/** The minimum rate of request bodies. */
@NullMarked
package dev.idem.gateway.body;

import org.jspecify.annotations.NullMarked;

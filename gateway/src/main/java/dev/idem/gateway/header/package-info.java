/** The headers of requests and responses that pass through the gateway. */
@NullMarked
package dev.idem.gateway.header;

import org.jspecify.annotations.NullMarked;

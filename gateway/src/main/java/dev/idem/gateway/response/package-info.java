/** What the gateway itself writes to clients: responses of its own, failures, and stored answers. */
@NullMarked
package dev.idem.gateway.response;

import org.jspecify.annotations.NullMarked;

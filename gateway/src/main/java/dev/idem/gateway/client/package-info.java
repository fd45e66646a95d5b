/** The client's side of an exchange: its request, its body and the response that is streamed to it. */
@NullMarked
package dev.idem.gateway.client;

import org.jspecify.annotations.NullMarked;

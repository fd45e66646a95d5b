/** Connections to an upstream: sockets that count what was sent, HTTP/1.1 and HTTP/2, how long one is kept. */
@NullMarked
package dev.idem.gateway.upstream.connection;

import org.jspecify.annotations.NullMarked;

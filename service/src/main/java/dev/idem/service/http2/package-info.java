/** The connectors of HTTP/2, with limits of our own: {@link dev.idem.service.http2.Http2Connectors} knows them. */
@NullMarked
package dev.idem.service.http2;

import org.jspecify.annotations.NullMarked;

/** What the server knows of the connection that a request came on. */
@NullMarked
package dev.idem.http.jetty;

import org.jspecify.annotations.NullMarked;

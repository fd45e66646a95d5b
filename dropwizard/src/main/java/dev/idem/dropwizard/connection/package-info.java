/** What the server knows of the connection that a request came on. */
@NullMarked
package dev.idem.dropwizard.connection;

import org.jspecify.annotations.NullMarked;

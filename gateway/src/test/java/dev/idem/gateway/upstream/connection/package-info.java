/** Tests. */
@NullMarked
package dev.idem.gateway.upstream.connection;

import org.jspecify.annotations.NullMarked;

/**
 * Request bodies: read ahead for the claim, limited where no policy limits them, and read away when a response comes before
 * them. Every buffered byte counts against the application's body memory.
 */
@NullMarked
package dev.idem.dropwizard.body;

import org.jspecify.annotations.NullMarked;

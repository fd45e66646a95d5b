/** Request bodies: limited where no policy limits them, and read away when a response comes before them. */
@NullMarked
package dev.idem.dropwizard.body;

import org.jspecify.annotations.NullMarked;

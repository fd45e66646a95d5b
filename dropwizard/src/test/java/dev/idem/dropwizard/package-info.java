/** The layer as clients see it: a small application with the bundle, over real HTTP and with real stores. */
@NullMarked
package dev.idem.dropwizard;

import org.jspecify.annotations.NullMarked;

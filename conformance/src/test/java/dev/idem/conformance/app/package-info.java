/** An application on the bundle that has the probe. */
@NullMarked
package dev.idem.conformance.app;

import org.jspecify.annotations.NullMarked;

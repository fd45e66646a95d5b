@NullMarked
package dev.idem.dropwizard.testing;

import org.jspecify.annotations.NullMarked;

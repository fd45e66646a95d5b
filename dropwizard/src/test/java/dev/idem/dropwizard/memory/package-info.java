@NullMarked
package dev.idem.dropwizard.memory;

import org.jspecify.annotations.NullMarked;

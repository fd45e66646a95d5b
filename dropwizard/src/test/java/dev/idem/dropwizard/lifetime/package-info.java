@NullMarked
package dev.idem.dropwizard.lifetime;

import org.jspecify.annotations.NullMarked;

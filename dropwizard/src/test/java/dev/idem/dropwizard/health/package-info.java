@NullMarked
package dev.idem.dropwizard.health;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.idem.dropwizard.key;

import org.jspecify.annotations.NullMarked;

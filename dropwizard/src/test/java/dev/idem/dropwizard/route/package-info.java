@NullMarked
package dev.idem.dropwizard.route;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.idem.dropwizard.filter;

import org.jspecify.annotations.NullMarked;

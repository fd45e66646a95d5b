@NullMarked
package dev.idem.dropwizard.request;

import org.jspecify.annotations.NullMarked;

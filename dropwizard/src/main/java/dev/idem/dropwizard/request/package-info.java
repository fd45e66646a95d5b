/** The end of a request, whether it was answered or not. */
@NullMarked
package dev.idem.dropwizard.request;

import org.jspecify.annotations.NullMarked;

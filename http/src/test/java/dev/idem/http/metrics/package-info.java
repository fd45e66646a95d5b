/** Tests of metrics. */
@NullMarked
package dev.idem.http.metrics;

import org.jspecify.annotations.NullMarked;

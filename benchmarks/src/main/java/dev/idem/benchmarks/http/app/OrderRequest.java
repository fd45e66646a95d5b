package dev.idem.benchmarks.http.app;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * An order; the rest of its body is read and dropped.
 *
 * @param number tells it from other orders
 * @param work how many milliseconds it takes, and that its executions are to be counted; null for neither
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record OrderRequest(String number, @Nullable Integer work) {}

/**
 * The rules of a route: what the engine goes by, and what is said of keys, comparisons and answers over HTTP. Values only;
 * read from the configuration by {@code config}, kept by {@code filter}.
 */
@NullMarked
package dev.idem.http.policy;

import org.jspecify.annotations.NullMarked;

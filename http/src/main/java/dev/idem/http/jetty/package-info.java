/**
 * The connection that a request came on, for servers on Jetty. The only package that uses Jetty, which is an optional
 * dependency.
 */
@NullMarked
package dev.idem.http.jetty;

import org.jspecify.annotations.NullMarked;

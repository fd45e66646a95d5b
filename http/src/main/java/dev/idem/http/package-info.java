/**
 * The HTTP rules for any server. {@link dev.idem.http.IdempotencyRuntime} is what an application wires once; it makes the
 * rules of a route ({@code decision}) and the end of its requests ({@code completion}).
 */
@NullMarked
package dev.idem.http;

import org.jspecify.annotations.NullMarked;

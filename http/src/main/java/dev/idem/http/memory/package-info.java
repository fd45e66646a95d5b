/**
 * Limits the memory for request and response bodies: {@link dev.idem.http.memory.BodyMemory} is shared by all requests, a {@link
 * dev.idem.http.memory.BodyReservation} belongs to one.
 */
@NullMarked
package dev.idem.http.memory;

import org.jspecify.annotations.NullMarked;

/**
 * How much of requests and answers this process holds at a time: {@link dev.idem.http.memory.BodyMemory} is for all of them,
 * a {@link dev.idem.http.memory.BodyReservation} for one.
 */
@NullMarked
package dev.idem.http.memory;

import org.jspecify.annotations.NullMarked;

/**
 * How much of requests and answers this process holds at a time: {@link dev.idem.dropwizard.memory.BodyMemory} is for all of them,
 * a {@link dev.idem.dropwizard.memory.BodyReservation} for one.
 */
@NullMarked
package dev.idem.dropwizard.memory;

import org.jspecify.annotations.NullMarked;

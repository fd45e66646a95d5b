/**
 * The rules for repeated requests, whichever server receives them: {@link dev.idem.http.decision.RouteRules} says
 * what is done with a request, {@link dev.idem.http.decision.LeaseCompletion} what becomes of an answer, and {@link
 * dev.idem.http.decision.RefusalProblems} how a client is turned away. Knows neither JAX-RS nor servlets.
 */
@NullMarked
package dev.idem.http.decision;

import org.jspecify.annotations.NullMarked;

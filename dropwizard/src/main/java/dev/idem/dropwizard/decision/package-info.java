/**
 * The rules for repeated requests, whichever server receives them: {@link dev.idem.dropwizard.decision.RouteRules} says
 * what is done with a request, {@link dev.idem.dropwizard.decision.LeaseCompletion} what becomes of an answer, and {@link
 * dev.idem.dropwizard.decision.RefusalProblems} how a client is turned away. Knows neither JAX-RS nor servlets.
 */
@NullMarked
package dev.idem.dropwizard.decision;

import org.jspecify.annotations.NullMarked;

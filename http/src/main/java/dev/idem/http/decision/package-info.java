/**
 * What is decided about a request, for any server. {@link dev.idem.http.decision.RouteRules} is the entry: admit by key and
 * scope, read the body, claim, and return a {@link dev.idem.http.decision.Decision}.
 */
@NullMarked
package dev.idem.http.decision;

import org.jspecify.annotations.NullMarked;

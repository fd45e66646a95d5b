/** What was decided about a request, and who is told. */
@NullMarked
package dev.idem.http.decision.outcome;

import org.jspecify.annotations.NullMarked;

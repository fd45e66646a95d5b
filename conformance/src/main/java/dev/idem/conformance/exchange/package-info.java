/** What a case does with the server: requests, responses, what it expects of them. */
@NullMarked
package dev.idem.conformance.exchange;

import org.jspecify.annotations.NullMarked;

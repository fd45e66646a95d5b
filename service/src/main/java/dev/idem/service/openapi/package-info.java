/** {@code GET /openapi.json}: the API's description, written by hand; a test checks that it is complete. */
@NullMarked
package dev.idem.service.openapi;

import org.jspecify.annotations.NullMarked;

/** {@code GET /openapi.json}: the API's description, written by hand and held complete by a test. */
@NullMarked
package dev.idem.service.openapi;

import org.jspecify.annotations.NullMarked;

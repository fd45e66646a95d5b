/**
 * The records of both stores over HTTP: search, comparison, deletion, and clearing of stale records. Answers contain users' data
 * and are never shown.
 */
@NullMarked
package dev.idem.service.admin.record;

import org.jspecify.annotations.NullMarked;

/**
 * Compares the records of Redis and PostgreSQL for operators, and copies to one what only the other has. It follows the
 * rules of the journal and of the answer cache. It uses both stores and no engine, and does not block requests.
 */
@NullMarked
package dev.idem.core.reconcile;

import org.jspecify.annotations.NullMarked;

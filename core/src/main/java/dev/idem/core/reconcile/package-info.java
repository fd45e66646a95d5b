/**
 * Compares what Redis and PostgreSQL hold, for operators, and brings one what only the other knows, by the rules by which
 * the journal and the answers within quick reach do it. Knows both stores, and nothing of engines; no store is in the way
 * of requests meanwhile.
 */
@NullMarked
package dev.idem.core.reconcile;

import org.jspecify.annotations.NullMarked;

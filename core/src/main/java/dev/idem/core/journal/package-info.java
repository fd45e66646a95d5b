/**
 * How PostgreSQL follows what Redis decides. Each step that Redis has granted becomes a {@link JournalEntry}; the {@link
 * Journal} gathers entries, keeps of each record the latest, and hands them in batches to a {@link JournalWriter}. Knows
 * no database: {@code dev.idem.postgres} writes.
 */
@NullMarked
package dev.idem.core.journal;

import org.jspecify.annotations.NullMarked;

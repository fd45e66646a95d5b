/**
 * What a journal writes to the durable store: a {@link JournalEntry} for each step that the fast store has granted, and
 * the {@link JournalWriter} that a durable store implements.
 */
@NullMarked
package dev.idem.core.journal.entry;

import org.jspecify.annotations.NullMarked;

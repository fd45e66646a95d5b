/**
 * The journal, by which the durable store follows the fast store's decisions. The {@link Journal} gathers entries,
 * keeps the latest entry of each record, and passes them in batches to a
 * {@link dev.idem.core.journal.entry.JournalWriter}.
 */
@NullMarked
package dev.idem.core.journal;

import org.jspecify.annotations.NullMarked;

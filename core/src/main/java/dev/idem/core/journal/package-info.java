/**
 * How the durable store follows what the fast store decides. The {@link Journal} gathers entries, keeps of each record the
 * latest, and hands them in batches to a {@link dev.idem.core.journal.entry.JournalWriter}.
 */
@NullMarked
package dev.idem.core.journal;

import org.jspecify.annotations.NullMarked;

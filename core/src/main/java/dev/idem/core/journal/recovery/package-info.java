/**
 * Copies to the durable store what journals could not write. {@link JournalHeartbeat} shows that this node lives and
 * notes which nodes have a gap; {@link JournalRecovery} scans the fast store for their records, on one node at a time.
 */
@NullMarked
package dev.idem.core.journal.recovery;

import org.jspecify.annotations.NullMarked;

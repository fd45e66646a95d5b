/** Records that a store has and this release cannot read: none of them may keep the others from anybody. */
@NullMarked
package dev.idem.core.store.unreadable;

import org.jspecify.annotations.NullMarked;

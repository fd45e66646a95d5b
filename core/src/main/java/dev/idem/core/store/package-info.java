/**
 * What the engine requires of stores. A {@link FastStore} and a {@link DurableStore} are each one server with several
 * roles: steps of records, copies, markers, the trust row, administration. The modules {@code redis} and
 * {@code postgres} implement them; the memory store has only the steps of records. All pass the same contract test
 * suite. A store that is unavailable throws {@link StoreUnavailableException} and nothing else.
 */
@NullMarked
package dev.idem.core.store;

import org.jspecify.annotations.NullMarked;

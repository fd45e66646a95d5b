/**
 * What the engine asks of stores. A {@link FastStore} and a {@link DurableStore} are each a server, seen by the roles that
 * it plays: steps of records, copies, markers, the trust row, administration. The modules {@code redis} and {@code postgres}
 * implement them; this process's memory is a store of steps alone. All pass the same contract test suite. A store that is
 * unavailable throws {@link StoreUnavailableException} and nothing else.
 */
@NullMarked
package dev.idem.core.store;

import org.jspecify.annotations.NullMarked;

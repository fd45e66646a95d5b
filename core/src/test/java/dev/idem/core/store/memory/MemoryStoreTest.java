package dev.idem.core.store.memory;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreContract;
import java.time.InstantSource;

class MemoryStoreTest extends StoreContract {
    private final MemoryStore store = new MemoryStore(64 << 20, InstantSource.system());

    @Override
    protected IdempotencyStore store() {
        return store;
    }
}

package dev.idem.testing;

import dev.idem.core.store.IdempotencyStore;

/**
 * The contract of every store; each test checks one sentence of it. To test a store, extend this class and return the
 * store from {@link #store()}. It may be the same for all tests.
 *
 * <p>Each part is the superclass of the next, so that one test class runs all: {@code LeaseContract},
 * {@code AnswerContract}, {@link ExpiryContract}.
 */
public abstract class StoreContract extends ExpiryContract {
    /** The store, empty or not: each test has its own scope. */
    @Override
    protected abstract IdempotencyStore store();
}

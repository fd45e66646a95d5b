package dev.idem.service.admin.request;

import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.util.Map;

/** The response while a store is unavailable: 503, so that the client tries again. */
public final class StoreProblem {
    private StoreProblem() {}

    /** A problem that names the store, the reason and the remedy. */
    public static ProblemException of(StoreUnavailableException failure) {
        UnavailableStore store = UnavailableStore.of(failure);
        return of((store.store() + " " + store.verb() + ": " + store.reason() + ' ' + store.advice()).strip());
    }

    /** @param detail sentences for an operator */
    public static ProblemException of(String detail) {
        return new ProblemException(
                Problem.of(ProblemType.STORE_NOT_ANSWERING, detail, null), Map.of("Retry-After", "1"));
    }
}

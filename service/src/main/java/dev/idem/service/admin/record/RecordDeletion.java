package dev.idem.service.admin.record;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.admin.record.RecordStores.Survey;
import dev.idem.service.admin.record.RecordStores.Unavailable;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.auth.AuthenticatedUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Deletes one record from both stores, the one in charge last, so that nobody claims the key in between. Thread-safe. */
final class RecordDeletion {
    private final RecordStores stores;
    private final OperatorChangeLog changes;

    RecordDeletion(RecordStores stores, OperatorChangeLog changes) {
        this.stores = stores;
        this.changes = changes;
    }

    /**
     * What was done.
     *
     * @param deletedFrom the stores that had it
     * @param unavailable the stores that may have it still
     */
    record Deleted(String scope, String key, List<String> deletedFrom, List<Unavailable> unavailable) {}

    /** @throws ProblemException 400, if these cannot be a record's */
    static RecordId id(String scope, String key) {
        try {
            return new RecordId(new Scope(scope), key);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.INVALID_REQUEST, "There can be no such record: " + e.getMessage() + '.', null),
                    Map.of());
        }
    }

    /**
     * Deletes it unless its owner is alive.
     *
     * @param force also if its owner is alive, or if that cannot be said since a store does not answer
     * @throws ProblemException 404 if there is none, 409 if its owner is alive, 503 if that cannot be said
     */
    Deleted of(RecordId id, AuthenticatedUser caller, Reason reason, boolean force) {
        if (!force) {
            requireNoLife(stores.ask(store -> store.find(id)));
        }
        Survey<Boolean> done = stores.ask(store -> store.delete(id));
        List<String> from = done.answers().entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
        if (from.isEmpty()) {
            throw RecordComparison.nowhere(done);
        }
        changes.deleted(id, from, caller, reason, force);
        return new Deleted(id.scope().value(), id.key(), from, done.unavailable());
    }

    private static void requireNoLife(Survey<Optional<StoredRecord>> found) {
        if (!found.unavailable().isEmpty()) {
            throw RecordStores.unavailable(
                    "Nothing was deleted: " + found.unavailable().get(0).store()
                            + " cannot be asked whether the owner is alive. With force=true the record is deleted where it can be.");
        }
        boolean alive =
                found.answers().values().stream().flatMap(Optional::stream).anyMatch(StoredRecord::executing);
        if (alive) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.LEASE_LIVE,
                            "Nothing was deleted: the owner is alive and its request executes. force=true deletes it all the"
                                    + " same, and a repeat may then execute beside it.",
                            null),
                    Map.of());
        }
    }
}

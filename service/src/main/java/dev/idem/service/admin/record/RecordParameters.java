package dev.idem.service.admin.record;

import dev.idem.core.operations.DeleteRecord;
import dev.idem.core.operations.InspectRecords;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.admin.request.StoreProblem;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Parses the record that a request names, and makes the problems of requests that cannot be served. */
final class RecordParameters {
    private RecordParameters() {}

    /** @throws ProblemException 400, if no record can have this scope and key */
    static RecordId id(String scope, String key) {
        try {
            return new RecordId(Scope.ofText(scope), key);
        } catch (IllegalArgumentException e) {
            throw problem(ProblemType.INVALID_REQUEST, "No record can have this name: " + e.getMessage() + '.');
        }
    }

    /** The same, for a search that may have found what cannot be read. */
    static ProblemException notFound(InspectRecords.Inspection found) {
        return found.unreadable().records().stream()
                .findFirst()
                .map(record -> StoreProblem.of(record.store()
                        + " has a record of this scope and key that cannot be read, because " + record.reason() + '.'))
                .orElseGet(() -> notFound(found.unavailable()));
    }

    /** 404 if no store has the record, 503 if that is not certain. */
    static ProblemException notFound(List<UnavailableStore> unavailable) {
        return unavailable.isEmpty()
                ? problem(ProblemType.NOT_FOUND, "No store has a record of this scope and key.")
                : StoreProblem.of("The stores that answered have no record of this scope and key; unavailable: "
                        + unavailable.stream().map(UnavailableStore::store).collect(Collectors.joining(", "))
                        + '.');
    }

    /** @throws ProblemException 404 if there is no record, 409 if its owner is alive, 503 if that is unknown */
    static void requireAllowed(DeleteRecord.Found found, boolean force) {
        switch (found.permission(force)) {
            case ALLOWED -> {}
            case NOT_FOUND -> throw notFound(found.unavailable());
            case OWNER_ALIVE ->
                throw problem(
                        ProblemType.LEASE_LIVE,
                        "Nothing was deleted: the owner is alive and its request is executing. force=true deletes the record"
                                + " anyway, and a repeat may then execute beside it.");
            case UNCERTAIN ->
                throw StoreProblem.of(
                        "Nothing was deleted: the authoritative store is unavailable, or a record cannot be read, so the"
                                + " request may be executing. force=true deletes the record nevertheless.");
        }
    }

    private static ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail, null), Map.of());
    }
}

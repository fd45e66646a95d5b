package dev.idem.service.admin.record;

import dev.idem.core.operations.DeleteRecord;
import dev.idem.core.operations.InspectRecords;
import dev.idem.core.operations.InspectRecords.Inspection;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.unreadable.UnreadableRecords;
import dev.idem.service.admin.request.KnownParameters;
import dev.idem.service.admin.request.QueryParameter;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.admin.request.StoreProblem;
import dev.idem.service.auth.AuthenticatedUser;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The records, for operators. Scope and key may be any printable characters, percent-encoded in the path. Thread-safe. */
@Path(KnownParameters.PATH + "/records")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class RecordsResource {
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;

    private final RecordStores stores;
    private final InspectRecords inspect;
    private final OperatorChangeLog changes;

    RecordsResource(RecordStores stores, OperatorChangeLog changes) {
        this.stores = stores;
        this.inspect = new InspectRecords(stores);
        this.changes = changes;
    }

    /** The store that an operator asks for. */
    private enum Choice {
        REDIS,
        POSTGRES,
        POSTGRESQL;

        String store() {
            return this == REDIS ? "redis" : "postgresql";
        }
    }

    /** One page of one store, or all records of one key. */
    @GET
    public RecordsPage list(
            @QueryParam("key") @Nullable String key,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("state") @Nullable String state,
            @QueryParam("stale") @Nullable String stale,
            @QueryParam("store") @Nullable String store,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("scan") @Nullable String scan) {
        RecordAdministration chosen = new QueryParameter("store", store)
                .oneOf(Choice.class)
                .map(choice -> stores.named(choice.store()))
                .orElseGet(stores::authoritative);
        int size = new QueryParameter("limit", limit).number(1, MAX_LIMIT, DEFAULT_LIMIT);
        Optional<Scope> of = new QueryParameter("scope", scope).scope();
        Optional<RecordState> in = new QueryParameter("state", state).oneOf(RecordState.class);
        boolean onlyStale = new QueryParameter("stale", stale).flag();
        if (onlyStale && in.filter(wanted -> wanted != RecordState.PROCESSING).isPresent()) {
            throw new QueryParameter("stale", stale)
                    .wrong("does not go with state=completed or state=held, which never are");
        }
        if (key != null && cursor != null) {
            throw new QueryParameter("cursor", cursor).wrong("does not go with key, whose records are one page");
        }
        if (scan != null && (key == null || of.isPresent())) {
            throw new QueryParameter("scan", scan)
                    .wrong("goes with key alone: a list is read page by page, and one record needs no search");
        }
        Depth depth = new QueryParameter("scan", scan).flag() ? Depth.WHOLE : Depth.QUICK;
        Filter filter = new Filter(
                onlyStale ? RecordState.PROCESSING : in.orElse(null),
                of.orElse(null),
                onlyStale ? Duration.ZERO : null,
                size);
        if (key == null) {
            return shown(chosen, known -> stores.require(known, all -> RecordsPage.of(all, filter, cursor)));
        }
        RecordId id = RecordParameters.id(of.map(Scope::value).orElse("any"), key);
        return shown(
                chosen,
                known -> stores.requireOfRecord(
                        known,
                        asked -> of.isPresent()
                                ? RecordsPage.of(asked, filter, List.of(id), false)
                                : RecordsPage.of(asked, filter, inspect.inStore(asked, id.key(), size, depth))));
    }

    private static RecordsPage shown(RecordAdministration store, Function<RecordAdministration, RecordsPage> question) {
        UnreadableRecords unreadable = new UnreadableRecords();
        try {
            RecordsPage page = question.apply(store.reporting(unreadable));
            return page.without(unreadable.summary());
        } catch (StoreUnavailableException e) {
            throw StoreProblem.of(e);
        }
    }

    /** One record in both stores, and what the next repeat gets. */
    @GET
    @Path("/{scope}/{key}")
    public Inspection find(@PathParam("scope") String scope, @PathParam("key") String key) {
        Inspection found = inspect.record(RecordParameters.id(scope, key));
        if (found.records().isEmpty()) {
            throw RecordParameters.notFound(found);
        }
        return found;
    }

    /** Frees the key: the next request with it executes. */
    @DELETE
    @Path("/{scope}/{key}")
    public DeleteRecord.Result delete(
            @Auth AuthenticatedUser caller,
            @PathParam("scope") String scope,
            @PathParam("key") String key,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("force") @Nullable String force) {
        RecordId id = RecordParameters.id(scope, key);
        DeleteRecord delete = new DeleteRecord(stores, changes.of(caller, Reason.of(reason)));
        boolean forced = new QueryParameter("force", force).flag();
        DeleteRecord.Found found = delete.find(id);
        RecordParameters.requireAllowed(found, forced);
        DeleteRecord.Result done = delete.delete(found, forced);
        if (done.deletedFrom().isEmpty()) {
            throw RecordParameters.notFound(done.unavailable());
        }
        return done;
    }
}

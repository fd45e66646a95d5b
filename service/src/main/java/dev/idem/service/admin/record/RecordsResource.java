package dev.idem.service.admin.record;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.service.admin.request.KnownParameters;
import dev.idem.service.admin.request.QueryParameter;
import dev.idem.service.admin.request.Reason;
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
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The records, for operators. Scope and key may be any printable characters, percent-encoded in the path. Thread-safe. */
@Path(KnownParameters.PATH + "/records")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class RecordsResource {
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;

    private final RecordStores stores;
    private final RecordDeletion deletion;

    RecordsResource(RecordStores stores, RecordDeletion deletion) {
        this.stores = stores;
        this.deletion = deletion;
    }

    /** One page of one store, or all of one key. */
    @GET
    public Object list(
            @QueryParam("key") @Nullable String key,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("state") @Nullable String state,
            @QueryParam("stale") @Nullable String stale,
            @QueryParam("store") @Nullable String store,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        RecordAdministration asked = stores.chosen(store);
        int size = new QueryParameter("limit", limit).number(1, MAX_LIMIT, DEFAULT_LIMIT);
        Optional<Scope> of = new QueryParameter("scope", scope).scope();
        Optional<StoredRecord.State> in = new QueryParameter("state", state).oneOf(StoredRecord.State.class);
        boolean onlyStale = new QueryParameter("stale", stale).flag();
        if (onlyStale && in.equals(Optional.of(StoredRecord.State.COMPLETED))) {
            throw new QueryParameter("stale", stale).wrong("does not go with state=completed, which never is");
        }
        if (key == null) {
            Filter filter = new Filter(
                    onlyStale ? StoredRecord.State.PROCESSING : in.orElse(null), of.orElse(null), null, size);
            return RecordStores.require(asked, known -> RecordsPage.of(known, filter, onlyStale, cursor));
        }
        if (cursor != null) {
            throw new QueryParameter("cursor", cursor).wrong("does not go with key, whose records are one page");
        }
        Filter filter = new Filter(in.orElse(null), of.orElse(null), null, size);
        return RecordStores.require(
                asked,
                known -> RecordsPage.of(
                        known,
                        withKey(known, of, key, size).stream()
                                .filter(filter::matches)
                                .filter(record -> !onlyStale || record.stale())
                                .toList()));
    }

    private static List<StoredRecord> withKey(
            RecordAdministration store, Optional<Scope> scope, String key, int limit) {
        RecordId id = RecordDeletion.id(scope.map(Scope::value).orElse("any"), key);
        return scope.isPresent() ? store.find(id).stream().toList() : store.findByKey(id.key(), limit);
    }

    /** What both stores have of one record, and what the next repeat gets. */
    @GET
    @Path("/{scope}/{key}")
    public Object find(@PathParam("scope") String scope, @PathParam("key") String key) {
        RecordId id = RecordDeletion.id(scope, key);
        return RecordComparison.of(id, stores.ask(store -> store.find(id)), stores.whileAuthoritative());
    }

    /** Frees the key: the next request with it executes. */
    @DELETE
    @Path("/{scope}/{key}")
    public Object delete(
            @Auth AuthenticatedUser caller,
            @PathParam("scope") String scope,
            @PathParam("key") String key,
            @QueryParam("reason") @Nullable String reason,
            @QueryParam("force") @Nullable String force) {
        return deletion.of(
                RecordDeletion.id(scope, key), caller, Reason.of(reason), new QueryParameter("force", force).flag());
    }
}

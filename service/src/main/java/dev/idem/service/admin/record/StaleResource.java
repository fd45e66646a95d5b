package dev.idem.service.admin.record;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordView;
import dev.idem.service.admin.record.RecordStores.Survey;
import dev.idem.service.admin.record.RecordStores.Unavailable;
import dev.idem.service.admin.request.KnownParameters;
import dev.idem.service.admin.request.QueryParameter;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.admin.request.StrictBody;
import dev.idem.service.auth.AuthenticatedUser;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys whose owners have died, in both stores. Thread-safe. */
@Path(KnownParameters.PATH + "/stale")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class StaleResource {
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 100;

    private final RecordStores stores;
    private final StaleRecordCleaner clearing;
    private final StrictBody bodies = new StrictBody();

    StaleResource(RecordStores stores, StaleRecordCleaner clearing) {
        this.stores = stores;
        this.clearing = clearing;
    }

    /**
     * What is to be cleared.
     *
     * @param olderThan for how long an owner must have been silent, beside its own lock time-out
     * @param dryRun only shows what would be cleared
     * @param reason required unless nothing is cleared
     * @param scope of the one record that is to be cleared; with a key, or null
     * @param key of the one record; with a scope, or null
     */
    record Order(
            @Nullable String olderThan,
            boolean dryRun,
            @Nullable String reason,
            @Nullable String scope,
            @Nullable String key) {}

    /** @param more whether there are more than were asked for */
    record Listing(List<RecordView> records, boolean more, List<Unavailable> unavailable) {}

    @GET
    public Object list(
            @QueryParam("olderThan") @Nullable String olderThan, @QueryParam("limit") @Nullable String limit) {
        Duration silence = new QueryParameter("olderThan", olderThan).duration().orElse(Duration.ZERO);
        int most = new QueryParameter("limit", limit).number(1, MAX_LIMIT, DEFAULT_LIMIT);
        Survey<StaleRecords> found = stores.ask(store -> StaleRecords.in(store, silence, most));
        return new Listing(
                found.answers().entrySet().stream()
                        .flatMap(answer -> answer.getValue().records().stream()
                                .map(record -> RecordView.of(answer.getKey(), record)))
                        .toList(),
                found.answers().values().stream().anyMatch(StaleRecords::more),
                found.unavailable());
    }

    @POST
    @Path("/clear")
    @Consumes(MediaType.APPLICATION_JSON)
    public Object clear(@Auth AuthenticatedUser caller, InputStream body) throws IOException {
        Order order = bodies.read(body, Order.class);
        Duration silence =
                new QueryParameter("olderThan", order.olderThan()).duration().orElse(Duration.ZERO);
        Optional<RecordId> one = recordOf(order);
        return order.dryRun()
                ? clearing.rehearsal(silence, one)
                : clearing.of(silence, one, caller, Reason.of(order.reason()));
    }

    private static Optional<RecordId> recordOf(Order order) {
        String scope = order.scope();
        String key = order.key();
        if (scope == null && key == null) {
            return Optional.empty();
        }
        if (scope == null || key == null) {
            throw new QueryParameter(scope == null ? "scope" : "key", null).wrong("is needed: one record has both");
        }
        return Optional.of(RecordDeletion.id(scope, key));
    }
}

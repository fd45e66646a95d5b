package dev.idem.service.admin.record;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.FoundRecords;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.StaleRecords;
import dev.idem.core.record.RecordId;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stale records of both stores. Thread-safe. */
@Path(KnownParameters.PATH + "/stale")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class StaleResource {
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_CLEARED_AT_ONCE = 1_000;

    private final RecordStores stores;
    private final OperatorChangeLog changes;
    private final StrictBody bodies = new StrictBody();

    StaleResource(RecordStores stores, OperatorChangeLog changes) {
        this.stores = stores;
        this.changes = changes;
    }

    /**
     * Which records to clear. The names of earlier releases are still accepted.
     *
     * @param olderThan the shortest time without a heartbeat
     * @param dryRun only shows what would be cleared
     * @param reason required unless nothing is cleared
     * @param scope of the one record to clear; with a key, or null
     * @param key of the one record; with a scope, or null
     */
    record Order(
            @JsonProperty("older_than") @Nullable String olderThan,
            @JsonProperty("olderThan") @Nullable String olderThanBefore,
            @JsonProperty("dry_run") @Nullable Boolean dryRun,
            @JsonProperty("dryRun") @Nullable Boolean dryRunBefore,
            @Nullable String reason,
            @Nullable String scope,
            @Nullable String key) {

        Optional<Duration> silence() {
            return StaleResource.silence(olderThan, olderThanBefore);
        }

        boolean isDryRun() {
            return Boolean.TRUE.equals(onlyOne("dry_run", dryRun, dryRunBefore));
        }
    }

    private static Optional<Duration> silence(@Nullable String olderThan, @Nullable String before) {
        return new QueryParameter("older_than", onlyOne("older_than", olderThan, before)).duration();
    }

    private static <T> @Nullable T onlyOne(String name, @Nullable T value, @Nullable T before) {
        if (value != null && before != null) {
            throw new QueryParameter(name, null).wrong("is given twice");
        }
        return value == null ? before : value;
    }

    @GET
    public FoundRecords list(
            @QueryParam("older_than") @Nullable String olderThan,
            @QueryParam("olderThan") @Nullable String olderThanBefore,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("scan") @Nullable String scan) {
        boolean mayScan = scan == null || new QueryParameter("scan", scan).flag();
        Optional<Duration> silence = silence(olderThan, olderThanBefore);
        int most = new QueryParameter("limit", limit).number(1, MAX_LIMIT, DEFAULT_LIMIT);
        return new StaleRecords(stores, ActionLog.NONE)
                .find(silence, most, mayScan)
                .view();
    }

    @POST
    @Path("/clear")
    @Consumes(MediaType.APPLICATION_JSON)
    public StaleRecords.Result clear(@Auth AuthenticatedUser caller, InputStream body) throws IOException {
        Order order = bodies.read(body, Order.class);
        Optional<Duration> silence = order.silence();
        boolean dryRun = order.isDryRun();
        Optional<RecordId> one = recordOf(order);
        StaleRecords stale =
                new StaleRecords(stores, dryRun ? ActionLog.NONE : changes.of(caller, Reason.of(order.reason())));
        StaleRecords.Found found =
                one.map(id -> stale.find(silence, id)).orElseGet(() -> stale.find(silence, MOST_CLEARED_AT_ONCE));
        return dryRun ? stale.unchanged(found, true) : stale.clear(found);
    }

    private static Optional<RecordId> recordOf(Order order) {
        String scope = order.scope();
        String key = order.key();
        if (scope == null && key == null) {
            return Optional.empty();
        }
        if (scope == null || key == null) {
            throw new QueryParameter(scope == null ? "scope" : "key", null)
                    .wrong("is missing: scope and key together name one record");
        }
        return Optional.of(RecordParameters.id(scope, key));
    }
}

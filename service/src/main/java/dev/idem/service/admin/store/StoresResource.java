package dev.idem.service.admin.store;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.TrustRow;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisStore;
import dev.idem.service.admin.node.AuthoritativeStore;
import dev.idem.service.admin.request.KnownParameters;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who decides, and how the stores are. May be asked every few seconds. Thread-safe. */
@Path(KnownParameters.PATH + "/stores")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class StoresResource {
    private final AuthoritativeStore charge;
    private final PostgresTrustRow trust;
    private final StoreServers servers;
    private final IdempotencyEngine engine;

    public StoresResource(
            AuthoritativeStore charge, PostgresTrustRow trust, StoreServers servers, IdempotencyEngine engine) {
        this.charge = charge;
        this.trust = trust;
        this.servers = servers;
        this.engine = engine;
    }

    /**
     * All of it.
     *
     * @param decides the store in charge for most routes, as this node knows it
     * @param consistency fast or strict: that of most routes
     * @param trust what PostgreSQL's row says for all nodes; null if PostgreSQL does not answer
     */
    record Stores(
            String decides, String consistency, @Nullable Trust trust, List<Store> stores, Journal journal) {}

    /**
     * Whether Redis may decide.
     *
     * @param generation the life of Redis that is trusted, or was last
     * @param pass grows while PostgreSQL decides
     * @param settledPass what Redis has been told of
     * @param blocked some node has said lately that it cannot reach Redis
     */
    record Trust(String generation, boolean redisTrusted, long pass, long settledPass, boolean blocked) {}

    /** @param breaker of this node: closed while the store is asked, open while it is left alone */
    record Store(String name, String breaker, ServerProbe probe) {}

    /**
     * What this node has yet to tell PostgreSQL, and has told it.
     *
     * @param lagMs the age of the oldest entry that is not durable
     * @param depth how many there are
     */
    record Journal(long lagMs, int depth, long written, long dropped) {}

    @GET
    public Object stores() {
        return new Stores(
                charge.whileAuthoritative(),
                charge.consistency() == Consistency.STRICT ? "strict" : "fast",
                trust(),
                List.of(
                        new Store(RedisStore.NAME, breaker(RedisStore.NAME), servers.redis()),
                        new Store(PostgresStore.NAME, breaker(PostgresStore.NAME), servers.postgres())),
                new Journal(
                        engine.journalLag().toMillis(),
                        engine.journalDepth(),
                        charge.metrics().total("idempotency_journal_written"),
                        charge.metrics().total("idempotency_journal_dropped")));
    }

    private @Nullable Trust trust() {
        try {
            TrustRow.State state = trust.read();
            return new Trust(
                    state.generation().id().toString().toLowerCase(Locale.ROOT),
                    state.trusted(),
                    state.pass(),
                    state.settledPass(),
                    state.blocked());
        } catch (StoreUnavailableException e) {
            return null;
        }
    }

    private String breaker(String store) {
        boolean asked = charge.metrics()
                        .gauge("idempotency_store_available", "store", store)
                        .orElse(1)
                > 0;
        return asked ? "closed" : "open";
    }
}

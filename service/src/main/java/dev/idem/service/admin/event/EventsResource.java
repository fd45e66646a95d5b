package dev.idem.service.admin.event;

import dev.idem.core.event.AuditType;
import dev.idem.core.event.EventFilter;
import dev.idem.core.operations.event.ReadEvents;
import dev.idem.core.operations.event.ReadEvents.Page;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.service.admin.request.KnownParameters;
import dev.idem.service.admin.request.QueryParameter;
import dev.idem.service.admin.request.StoreProblem;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audit trail, newest events first. Thread-safe. */
@Path(KnownParameters.PATH + "/events")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
    private static final int MAX_LIMIT = 1_000;
    private static final int DEFAULT_LIMIT = 100;
    private static final Scope ANY = new Scope("any");

    private final ReadEvents events;

    public EventsResource(ReadEvents events) {
        this.events = events;
    }

    @GET
    public Page list(
            @QueryParam("key") @Nullable String key,
            @QueryParam("scope") @Nullable String scope,
            @QueryParam("type") @Nullable String type,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("cursor") @Nullable String cursor) {
        int size = new QueryParameter("limit", limit).number(1, MAX_LIMIT, DEFAULT_LIMIT);
        EventFilter filter = new EventFilter(
                new QueryParameter("scope", scope).scope(),
                key(key),
                new QueryParameter("type", type)
                        .oneOf(AuditType.class)
                        .map(Set::of)
                        .orElse(Set.of()),
                instant("from", from),
                instant("to", to));
        return page(filter, before(cursor), size);
    }

    private Page page(EventFilter filter, @Nullable Long before, int size) {
        try {
            return events.page(filter, before, size);
        } catch (StoreUnavailableException e) {
            throw StoreProblem.of(e);
        }
    }

    private static Optional<String> key(@Nullable String key) {
        try {
            return Optional.ofNullable(key).map(text -> new RecordId(ANY, text).key());
        } catch (IllegalArgumentException e) {
            throw new QueryParameter("key", key).wrong("must be a key: 1 to 255 printable ASCII characters");
        }
    }

    private static Optional<Instant> instant(String name, @Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new QueryParameter(name, text).wrong("must be an instant such as 2026-03-31T08:00:00Z");
        }
    }

    private static @Nullable Long before(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("[0-9]{1,18}")) {
            throw new QueryParameter("cursor", cursor).wrong("must be what an earlier page gave as next");
        }
        return Long.valueOf(cursor);
    }
}

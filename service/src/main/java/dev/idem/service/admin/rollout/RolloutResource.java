package dev.idem.service.admin.rollout;

import dev.idem.accounts.User;
import dev.idem.accounts.Users;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.rollout.ChangeRollout;
import dev.idem.core.operations.rollout.RolloutView;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutDocument;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.auth.AuthenticatedUser;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/admin/idempotency/rollout}: the rollout of all nodes. Thread-safe. */
@Path("/api/v1/admin/idempotency/rollout")
@RolesAllowed("admin")
@Produces(MediaType.APPLICATION_JSON)
public final class RolloutResource {
    private static final Logger log = LoggerFactory.getLogger(RolloutResource.class);
    private static final Pattern ENTITY_TAG = Pattern.compile("\"(-?[0-9]{1,18})\"");

    private final LiveRollout live;
    private final RolloutStore store;
    private final Users users;
    private final AuditEventStore events;

    /** @param users supplies the operators' email addresses for the audit trail */
    public RolloutResource(LiveRollout live, RolloutStore store, Users users, AuditEventStore events) {
        this.live = live;
        this.store = store;
        this.users = users;
        this.events = events;
    }

    /** The new rollout, which replaces the current one. */
    record Wanted(
            @NotNull Boolean enabled,
            @NotNull BigDecimal percent,
            @Nullable List<String> platforms,
            @Nullable Boolean shadow,
            @Nullable Map<String, RolloutDocument.Route> routes,
            @Nullable String reason) {}

    @GET
    public Response get() {
        return shown(asked(store::get));
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(
            @Auth AuthenticatedUser caller,
            @HeaderParam("If-Match") @Nullable String condition,
            @NotNull @jakarta.validation.Valid Wanted wanted) {
        long expected = expected(condition);
        RolloutSettings settings = settings(wanted);
        String reason = Objects.requireNonNullElse(wanted.reason(), "");
        String by = users.find(caller.id()).map(User::email).orElse(caller.getName());
        StoredRollout changed = asked(() ->
                        rollout(by, reason).change(Optional.of(expected), before -> Optional.of(settings), by, reason))
                .orElseThrow(() -> problem(
                        ProblemType.CHANGED_MEANWHILE,
                        "The rollout is no longer version " + expected + "; read it again before you change it."));
        log.info("operator action: rollout version={} by={}", changed.version(), by);
        live.refresh();
        return shown(changed);
    }

    private ChangeRollout rollout(String by, String reason) {
        OperatorActions actions = new OperatorActions(events, "api", by, Optional.of(reason));
        return new ChangeRollout(
                store,
                ActionLog.to(
                        actions,
                        e -> log.warn("the change of the rollout is not in the audit trail: {}", e.getMessage())));
    }

    private static RolloutSettings settings(Wanted wanted) {
        try {
            return new RolloutDocument(
                            wanted.enabled(), wanted.percent(), wanted.platforms(), wanted.shadow(), wanted.routes())
                    .settings();
        } catch (IllegalArgumentException e) {
            throw problem(ProblemType.VALIDATION_FAILED, e.getMessage() + ".");
        }
    }

    private static long expected(@Nullable String condition) {
        if (condition == null) {
            throw problem(
                    ProblemType.CONDITION_MISSING, "Send If-Match with the ETag of GET, so that no change is lost.");
        }
        Matcher tag = ENTITY_TAG.matcher(condition.strip());
        if (!tag.matches()) {
            throw problem(ProblemType.CHANGED_MEANWHILE, "If-Match must be the ETag of GET, such as \"4\".");
        }
        return Long.parseLong(tag.group(1));
    }

    private Response shown(StoredRollout stored) {
        return Response.ok(RolloutView.of(stored, live))
                .tag(String.valueOf(stored.version()))
                .build();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (IllegalArgumentException e) {
            throw problem(ProblemType.VALIDATION_FAILED, e.getMessage() + ".");
        } catch (StoreUnavailableException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.STORE_UNAVAILABLE,
                            "PostgreSQL is unavailable; whether the rollout was changed is unknown.",
                            null),
                    Map.of("Retry-After", "1"));
        }
    }

    private static ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail, null), Map.of());
    }
}

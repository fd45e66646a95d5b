package dev.idem.dropwizard.task;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.operations.ActionLog;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.operations.rollout.ChangeRollout;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.Percentage;
import dev.idem.core.rollout.Platforms;
import dev.idem.core.rollout.RolloutRule;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.RouteOverride;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.core.store.StoreUnavailableException;
import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /tasks/rollout}: shows the rollout and, with parameters, changes it on all nodes. Parameters: {@code enabled} and
 * {@code shadow} ({@code on} or {@code off}), {@code percent}, {@code platform} (may be repeated; {@code all} means all), {@code
 * route} (limits the change to a route), {@code reason}. {@code reset=true}, without the others, restores the configuration file.
 */
public final class RolloutTask extends Task {
    private static final List<String> PARAMETERS =
            List.of("enabled", "percent", "platform", "shadow", "route", "reason", "reset");
    private static final String NAME = "admin port";

    private final LiveRollout live;
    private final RolloutStore store;
    private final AuditEventStore events;
    private final String node;

    /** @param node this process's name in the audit trail */
    public RolloutTask(LiveRollout live, RolloutStore store, AuditEventStore events, String node) {
        super("rollout");
        this.events = events;
        this.node = node;
        this.live = live;
        this.store = store;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) throws TaskFailedException {
        try {
            TaskParameters known = TaskParameters.of(parameters, PARAMETERS);
            if (!parameters.isEmpty()) {
                change(known, output);
                live.refresh();
            }
            show(output);
        } catch (IllegalArgumentException e) {
            throw new TaskFailedException("nothing was done: " + e.getMessage());
        } catch (StoreUnavailableException e) {
            throw new TaskFailedException("postgresql " + UnavailableStore.of(e).verb() + " (" + e.why() + ")");
        }
    }

    private void change(TaskParameters parameters, PrintWriter output) {
        String reason = parameters.one("reason").orElse("");
        OperatorActions actions = new OperatorActions(events, node, NAME, Optional.of(reason));
        ActionLog log = ActionLog.to(
                actions, e -> output.println("the audit trail has no event of this (" + e.getMessage() + ")"));
        Optional<StoredRollout> changed = new ChangeRollout(store, log)
                .change(Optional.empty(), before -> wanted(parameters, before), NAME, reason);
        if (changed.isEmpty()) {
            throw new IllegalArgumentException("another operator has changed the rollout; check it and try again");
        }
    }

    private Optional<RolloutSettings> wanted(TaskParameters parameters, StoredRollout before) {
        if (parameters.argument("reset").flag()) {
            return Optional.empty();
        }
        RouteOverride change = read(parameters);
        if (change.equals(RouteOverride.NOTHING)) {
            throw new IllegalArgumentException("say what to change: enabled, percent, platform or shadow");
        }
        RolloutSettings base = before.settings().orElse(live.configured());
        return Optional.of(
                parameters.one("route").map(route -> base.with(route, change)).orElseGet(() -> base.with(change)));
    }

    private static RouteOverride read(TaskParameters parameters) {
        List<String> platforms = parameters.all("platform");
        return new RouteOverride(
                parameters.one("enabled").map(word -> isOn("enabled", word)),
                parameters.one("percent").map(RolloutTask::percentage),
                platforms.isEmpty()
                        ? Optional.empty()
                        : Optional.of(platforms.equals(List.of("all")) ? Platforms.ALL : Platforms.of(platforms)),
                parameters.one("shadow").map(word -> isOn("shadow", word)));
    }

    private static Percentage percentage(String text) {
        try {
            return Percentage.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("percent must be a number such as 12.5", e);
        }
    }

    private static boolean isOn(String name, String word) {
        if (!word.equals("on") && !word.equals("off")) {
            throw new IllegalArgumentException(name + " must be on or off");
        }
        return word.equals("on");
    }

    private void show(PrintWriter output) {
        output.println(live.stored()
                .map(stored -> "version " + stored.version() + ", " + source(stored))
                .orElse("version unknown: PostgreSQL has not answered yet"));
        live.stored().flatMap(StoredRollout::unreadable).ifPresent(output::println);
        if (!live.isAllowed()) {
            output.println("off on this node: idempotency.enabled is false");
        }
        show(output, "all routes", live.settings().all());
        live.settings().routes().keySet().forEach(route -> show(output, route, live.rule(route)));
    }

    private static String source(StoredRollout stored) {
        if (stored.unreadable().isPresent()) {
            return "not in force";
        }
        return stored.settings().isPresent() ? "stored" : "config";
    }

    private static void show(PrintWriter output, String what, RolloutRule rule) {
        output.println(what + ": " + (rule.enabled() ? "on" : "off") + ", " + rule.percentage() + " %, platforms "
                + (rule.platforms().areAll() ? "all" : rule.platforms().inOrder()) + ", shadow "
                + (rule.shadow() ? "on" : "off"));
    }
}

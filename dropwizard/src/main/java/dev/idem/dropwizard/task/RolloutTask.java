package dev.idem.dropwizard.task;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.OperatorActions;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.Percentage;
import dev.idem.core.rollout.Platforms;
import dev.idem.core.rollout.RolloutChange;
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
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code POST /tasks/rollout}: shows for whom the layer works, and with parameters changes it on all nodes. Parameters:
 * {@code enabled} and {@code shadow} ({@code on} or {@code off}), {@code percent}, {@code platform} (once for each, {@code all}
 * for all), {@code route} (whose setting it is), {@code reason}, and alone {@code reset=true}, which goes back to the
 * configuration file.
 */
public final class RolloutTask extends Task {
    private static final List<String> PARAMETERS =
            List.of("enabled", "percent", "platform", "shadow", "route", "reason", "reset");
    private static final String NAME = "admin port";

    private final LiveRollout live;
    private final RolloutStore store;
    private final AuditEventStore events;
    private final String node;

    /** @param node what this process is called in the audit trail */
    public RolloutTask(LiveRollout live, RolloutStore store, AuditEventStore events, String node) {
        super("rollout");
        this.events = events;
        this.node = node;
        this.live = live;
        this.store = store;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) {
        Set<String> unknown = new TreeSet<>(parameters.keySet());
        unknown.removeAll(PARAMETERS);
        try {
            if (!unknown.isEmpty()) {
                throw new IllegalArgumentException("there is no parameter " + unknown + ", only " + PARAMETERS);
            }
            if (!parameters.isEmpty()) {
                change(parameters, store.get(), output);
                live.refresh();
            }
            show(output);
        } catch (IllegalArgumentException e) {
            output.println("nothing was done: " + e.getMessage());
        } catch (StoreUnavailableException e) {
            output.println("postgresql: cannot be asked (" + e.getMessage() + ")");
        }
    }

    private void change(Map<String, List<String>> parameters, StoredRollout before, PrintWriter output) {
        RolloutSettings base = before.settings().orElse(live.configured());
        Optional<RolloutSettings> wanted;
        if (one(parameters, "reset").filter("true"::equals).isPresent()) {
            wanted = Optional.empty();
        } else {
            RouteOverride change = read(parameters);
            if (change.equals(RouteOverride.NOTHING)) {
                throw new IllegalArgumentException("say what to change: enabled, percent, platform or shadow");
            }
            wanted = Optional.of(one(parameters, "route")
                    .map(route -> base.with(route, change))
                    .orElseGet(() -> base.with(change)));
        }
        String reason = one(parameters, "reason").orElse("");
        if (store.put(new RolloutChange(before.version(), wanted, NAME, reason)).isEmpty()) {
            throw new IllegalArgumentException("somebody else has changed it this very moment; look, and try again");
        }
        audit("version=" + (before.version() + 1), reason, output);
    }

    private void audit(String change, String reason, PrintWriter output) {
        try {
            new OperatorActions(events, node, NAME, Optional.of(reason)).changedRollout(change);
        } catch (StoreUnavailableException e) {
            output.println("the audit trail was not told of this (" + e.getMessage() + ")");
        }
    }

    private static RouteOverride read(Map<String, List<String>> parameters) {
        List<String> platforms = parameters.getOrDefault("platform", List.of());
        return new RouteOverride(
                one(parameters, "enabled").map(word -> isOn("enabled", word)),
                one(parameters, "percent").map(RolloutTask::percentage),
                platforms.isEmpty()
                        ? Optional.empty()
                        : Optional.of(platforms.equals(List.of("all")) ? Platforms.ALL : Platforms.of(platforms)),
                one(parameters, "shadow").map(word -> isOn("shadow", word)));
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
                .map(stored ->
                        "version " + stored.version() + (stored.settings().isPresent() ? ", stored" : ", config"))
                .orElse("version unknown: PostgreSQL has not been asked yet"));
        if (!live.isAllowed()) {
            output.println("off on this node: idempotency.enabled is false");
        }
        show(output, "all routes", live.settings().all());
        live.settings().routes().keySet().forEach(route -> show(output, route, live.rule(route)));
    }

    private static void show(PrintWriter output, String what, RolloutRule rule) {
        output.println(what + ": " + (rule.enabled() ? "on" : "off") + ", " + rule.percentage() + " %, platforms "
                + (rule.platforms().areAll() ? "all" : rule.platforms().inOrder()) + ", shadow "
                + (rule.shadow() ? "on" : "off"));
    }

    private static Optional<String> one(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream().findFirst();
    }
}

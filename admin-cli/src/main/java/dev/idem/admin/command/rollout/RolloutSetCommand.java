package dev.idem.admin.command.rollout;

import dev.idem.admin.session.Session;
import dev.idem.core.rollout.Percentage;
import dev.idem.core.rollout.Platforms;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RouteOverride;
import dev.idem.core.rollout.StoredRollout;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes the rollout of all nodes. */
@Command(
        name = "set",
        header = "Change for whom the layer works.",
        description = {
            "%nOnly the named settings change. While nothing is stored, --percent is required, because the tool does not know the"
                    + " nodes' configuration files; the other settings start as enabled, all platforms, no shadow."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin rollout set --percent 1 --platform ios --shadow on --reason 'first look'",
            "  idem-admin rollout set --route 'POST /orders' --percent 10 --if-version 4"
        })
final class RolloutSetCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--enabled", paramLabel = "on|off", description = "Whether the layer works at all.")
    private @Nullable OnOff enabled;

    @Option(
            names = "--percent",
            paramLabel = "P",
            converter = PercentageConverter.class,
            description =
                    "Percentage of callers, 0 to 100 with at most two decimals. A caller who is in stays in when it rises.")
    private @Nullable Percentage percent;

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            description = "ios, android, web or another. May be repeated. all: every platform.")
    private List<String> platforms = List.of();

    @Option(
            names = "--shadow",
            paramLabel = "on|off",
            description = "on: the layer only counts, and every request executes.")
    private @Nullable OnOff shadow;

    @Option(
            names = "--route",
            paramLabel = "NAME",
            description = "The route to change, such as 'POST /api/v1/shares'. Default: all.")
    private @Nullable String route;

    @Mixin
    private final RolloutWriting writing;

    RolloutSetCommand(Session session) {
        this.writing = new RolloutWriting(session);
    }

    @Override
    public Integer call() {
        return writing.write(this::wanted);
    }

    private Optional<RolloutSettings> wanted(StoredRollout before) {
        RouteOverride change = change();
        if (change.equals(RouteOverride.NOTHING)) {
            throw new ParameterException(
                    spec.commandLine(), "Say what to change: --enabled, --percent, --platform or --shadow.");
        }
        if (before.settings().isEmpty() && (route != null || percent == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    (before.unreadable().isPresent() ? "What is stored cannot be read" : "Nothing is stored yet")
                            + ": set --percent for all routes first"
                            + (route == null ? "." : ", in a command without --route."));
        }
        RolloutSettings base = before.settings().orElse(RolloutSettings.EVERYONE);
        return Optional.of(route == null ? base.with(change) : base.with(route, change));
    }

    private RouteOverride change() {
        return new RouteOverride(
                Optional.ofNullable(enabled).map(OnOff::isOn),
                Optional.ofNullable(percent),
                platforms.isEmpty()
                        ? Optional.empty()
                        : Optional.of(platforms.equals(List.of("all")) ? Platforms.ALL : Platforms.of(platforms)),
                Optional.ofNullable(shadow).map(OnOff::isOn));
    }
}

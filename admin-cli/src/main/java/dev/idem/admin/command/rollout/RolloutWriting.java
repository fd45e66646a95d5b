package dev.idem.admin.command.rollout;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.rollout.ChangeRollout;
import dev.idem.core.operations.rollout.RolloutView;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.rollout.RolloutTable;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands that change the rollout have in common. */
final class RolloutWriting {
    private final Session session;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "Change nothing unless the version, which rollout get shows, is still N.")
    private @Nullable Long version;

    RolloutWriting(Session session) {
        this.session = session;
    }

    /** @param wanted the settings to follow the present ones; empty for the configuration files */
    int write(Function<StoredRollout, Optional<RolloutSettings>> wanted) {
        try (Stores stores = session.openStores()) {
            Optional<StoredRollout> changed = stores.withDatabase(
                    database -> new ChangeRollout(new RolloutTable(StoreJdbi.on(database)), session.actionLog(stores))
                            .change(
                                    Optional.ofNullable(version),
                                    wanted,
                                    session.actor(),
                                    session.reason().orElse("")));
            if (changed.isEmpty()) {
                session.warn("Somebody else has changed it; nothing was changed. To see it: idem-admin rollout get");
                return ExitCode.FAILED;
            }
            session.say("All nodes follow within 2 s.");
            session.show(new RolloutTables(session.colours()).of(changed.get()), RolloutView.of(changed.get()));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}

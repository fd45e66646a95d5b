package dev.idem.admin.command;

import dev.idem.admin.stores.Stores;
import dev.idem.core.rollout.RolloutChange;
import dev.idem.core.rollout.RolloutSettings;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.rollout.RolloutTable;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What is common to the commands that change the roll-out. */
final class RolloutWriting {
    private final Session session;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--if-version",
            paramLabel = "N",
            description = "Change nothing if it is not version N any more, which rollout get shows.")
    private @Nullable Long version;

    RolloutWriting(Session session) {
        this.session = session;
    }

    /** @param wanted what is to hold after what holds; empty for the configuration files */
    int write(Function<StoredRollout, Optional<RolloutSettings>> wanted) {
        try (Stores stores = session.openStores()) {
            Optional<StoredRollout> changed = stores.withDatabase(database -> {
                RolloutStore store = new RolloutTable(RedactingJdbi.on(database));
                StoredRollout before = store.get();
                long expected = version == null ? before.version() : version;
                return store.put(new RolloutChange(
                        expected,
                        wanted.apply(before),
                        session.actor(),
                        session.reason().orElse("")));
            });
            if (changed.isEmpty()) {
                session.warn(
                        "Somebody else has changed it; nothing was changed. Look at it with: idem-admin rollout get");
                return ExitCode.FAILED;
            }
            session.audit(
                    stores,
                    actions -> actions.changedRollout("version=" + changed.get().version()));
            session.say("All nodes follow within 2 s.");
            session.show(new RolloutTables(session.colours()).of(changed.get()), RolloutView.of(changed.get()));
            return ExitCode.DONE;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}

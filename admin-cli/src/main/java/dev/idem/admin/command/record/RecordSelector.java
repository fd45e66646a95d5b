package dev.idem.admin.command.record;

import dev.idem.admin.option.KeyConverter;
import dev.idem.admin.option.ScopeConverter;
import dev.idem.core.operations.InspectRecords;
import dev.idem.core.operations.InspectRecords.Inspection;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.RecordAdministration.Depth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The records that a command shows: those of one key, or those that one caller's requests to a path have left. A mixin. */
final class RecordSelector {
    private static final int MOST_SHOWN = 1_000;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "KEY",
            arity = "0..1",
            converter = KeyConverter.class,
            description =
                    "The idempotency key as the client sent it, with or without its quotes. Without a key, --scope is"
                            + " needed.")
    private @Nullable String key;

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Whose record it is, such as user:42. Default: every scope that has the key.")
    private @Nullable Scope scope;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Instead of a key: only requests to this path, such as /api/v1/shares.")
    private @Nullable String path;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Without a key: the newest N of each store. Default: 20.")
    private int limit;

    @Option(
            names = "--scan",
            description = "With a KEY alone, or --scope alone: search everything, however long it takes.")
    private boolean scan;

    /** @throws ParameterException if the options do not say which */
    Inspection inspect(InspectRecords inspect) {
        String wanted = key;
        Scope owner = scope;
        if (wanted != null && path != null) {
            throw wrong("A key is looked up on every path: drop --path.");
        }
        if (wanted != null && owner != null && scan) {
            throw wrong("A KEY with its --scope needs no search: drop --scan.");
        }
        if (wanted != null) {
            return owner == null ? inspect.key(wanted, depth()) : inspect.record(new RecordId(owner, wanted));
        }
        if (owner == null) {
            throw wrong("Which records? Give a KEY, or --scope and perhaps --path.");
        }
        if (limit < 1 || limit > MOST_SHOWN) {
            throw wrong("--limit is 1 to " + MOST_SHOWN + '.');
        }
        return inspect.caller(owner, Optional.ofNullable(path), limit, depth());
    }

    private Depth depth() {
        return scan ? Depth.WHOLE : Depth.QUICK;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}

package dev.idem.admin.command;

import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
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
                    "The idempotency key as the client sent it, with or without its quotes. Without one, --scope says whose"
                            + " records are shown.")
    private @Nullable String key;

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Whose it is, such as user:42. Default: every scope that has the key.")
    private @Nullable Scope scope;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Instead of a key: only what was sent to this path, such as /api/v1/shares.")
    private @Nullable String path;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "Without a key: at most so many, the newest. Default: 20.")
    private int limit;

    Optional<String> key() {
        return Optional.ofNullable(key);
    }

    /** Its records in each store, the newest first. */
    StoreReplies<List<StoredRecord>> find(Stores stores) {
        String sought = key;
        Scope of = scope;
        if (sought != null && path != null) {
            throw wrong("A key is looked up wherever it was sent to: drop --path.");
        }
        if (sought != null) {
            return KeySelector.find(stores, sought, of);
        }
        if (of == null) {
            throw wrong("Which records? Give a KEY, or --scope and perhaps --path.");
        }
        if (limit < 1 || limit > MOST_SHOWN) {
            throw wrong("--limit is 1 to " + MOST_SHOWN + '.');
        }
        return stores.ask(store -> sent(store, of));
    }

    private List<StoredRecord> sent(RecordAdministration store, Scope of) {
        if (path == null) {
            return newest(store, of, record -> true);
        }
        String asked = path.split("\\?", 2)[0];
        // A route may have keys that mean something else on each path; those have a scope of their own.
        return Stream.concat(
                        newest(store, of, record -> RoutePattern.of(record.origin())
                                        .takes(asked))
                                .stream(),
                        newest(store, of.at(asked), record -> true).stream())
                .sorted(Comparator.comparing(StoredRecord::claimedAt).reversed())
                .limit(limit)
                .toList();
    }

    private List<StoredRecord> newest(RecordAdministration store, Scope of, Predicate<StoredRecord> condition) {
        return RecordScan.newest(
                store, new RecordAdministration.Filter(null, of, null, RecordScan.PAGE_SIZE), condition, limit);
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}

package dev.idem.admin.command;

import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The key that a command is about, in one scope or wherever it is found. A mixin. */
final class KeySelector {
    private static final int MOST_SCOPES = 100;

    @Parameters(
            paramLabel = "KEY",
            converter = KeyConverter.class,
            description = "The idempotency key as the client sent it, with or without its quotes.")
    private String key = "";

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Whose key it is. Default: every scope that has it.")
    private @Nullable Scope scope;

    String key() {
        return key;
    }

    /** Its records in each store. */
    StoreReplies<List<StoredRecord>> find(Stores stores) {
        return find(stores, key, scope);
    }

    /** The records of a key in each store, in one scope or, without one, wherever it is found. */
    static StoreReplies<List<StoredRecord>> find(Stores stores, String key, @Nullable Scope scope) {
        if (scope == null) {
            return stores.ask(store -> store.findByKey(key, MOST_SCOPES));
        }
        RecordId id = new RecordId(scope, key);
        return stores.ask(store -> store.find(id).stream().toList());
    }
}

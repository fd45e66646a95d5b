package dev.idem.service.admin.record;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import dev.idem.service.admin.record.RecordStores.Survey;
import dev.idem.service.admin.record.RecordStores.Unavailable;
import dev.idem.service.admin.request.Reason;
import dev.idem.service.auth.AuthenticatedUser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Frees the keys of owners that died, in both stores, so many at a time. Thread-safe. */
final class StaleRecordCleaner {
    private static final int AT_ONCE = 1_000;

    private final RecordStores stores;
    private final OperatorChangeLog changes;

    StaleRecordCleaner(RecordStores stores, OperatorChangeLog changes) {
        this.stores = stores;
        this.changes = changes;
    }

    /**
     * What was done.
     *
     * @param cleared how many records; one that both stores had counts twice
     * @param more whether there may be more: ask again
     */
    record Cleared(boolean dryRun, long cleared, List<Item> records, boolean more, List<Unavailable> unavailable) {}

    /** @param outcome {@code cleared}, {@code kept} because nothing is done, {@code changed} in the meantime and so kept */
    record Item(String outcome, RecordView record) {}

    private record Found(List<Item> items, boolean more) {}

    /** Clears nothing. */
    Cleared rehearsal(Duration silence, Optional<RecordId> one) {
        return result(true, stores.ask(store -> {
            StaleRecords stale = stale(store, silence, one);
            return new Found(
                    stale.records().stream()
                            .map(record -> new Item("kept", RecordView.of(store.name(), record)))
                            .toList(),
                    stale.more());
        }));
    }

    /**
     * Each record is compared once more in the moment of its removal.
     *
     * @param silence beside its own lock time-out, which each owner is given
     * @param one the only record that is looked at; empty for all
     */
    Cleared of(Duration silence, Optional<RecordId> one, AuthenticatedUser caller, Reason reason) {
        return result(false, stores.ask(store -> {
            StaleRecords stale = stale(store, silence, one);
            return new Found(
                    stale.records().stream()
                            .map(record -> clear(store, record, silence, caller, reason))
                            .toList(),
                    stale.more());
        }));
    }

    private Item clear(
            RecordAdministration store,
            StoredRecord record,
            Duration silence,
            AuthenticatedUser caller,
            Reason reason) {
        Duration least = silence.compareTo(record.lockTimeout()) < 0 ? record.lockTimeout() : silence;
        boolean cleared = store.clearIfStale(record, least);
        if (cleared) {
            changes.cleared(record.id(), store.name(), caller, reason);
        }
        return new Item(cleared ? "cleared" : "changed", RecordView.of(store.name(), record));
    }

    private static StaleRecords stale(RecordAdministration store, Duration silence, Optional<RecordId> one) {
        return one.map(id -> StaleRecords.in(store, silence, id))
                .orElseGet(() -> StaleRecords.in(store, silence, AT_ONCE));
    }

    private static Cleared result(boolean dryRun, Survey<Found> done) {
        List<Item> items = done.answers().values().stream()
                .flatMap(found -> found.items().stream())
                .toList();
        return new Cleared(
                dryRun,
                items.stream().filter(item -> item.outcome().equals("cleared")).count(),
                items,
                done.answers().values().stream().anyMatch(Found::more),
                done.unavailable());
    }
}

package dev.idem.http.completion;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the stores whether a held request took effect. A store that is unavailable keeps the key held; the next repeat tells
 * it again. Thread-safe; blocks while the stores work.
 */
public final class OutcomeResolver {
    private static final Logger log = LoggerFactory.getLogger(OutcomeResolver.class);

    private final List<RecordAdministration> stores;

    public OutcomeResolver(List<RecordAdministration> stores) {
        this.stores = List.copyOf(stores);
    }

    /** @param answer empty if the request took no effect: the next repeat executes */
    public void resolve(RecordId id, Optional<RecordedResponse> answer) {
        for (RecordAdministration store : stores) {
            try {
                store.find(id).filter(StoredRecord::outcomeUnknown).ifPresent(held -> resolve(store, held, answer));
            } catch (UnreadableRecordException e) {
                log.warn("{}: nobody resolves it, it cannot be read: {}", id, e.getMessage());
            } catch (StoreUnavailableException e) {
                log.warn("{}: {} keeps the key held, it is unavailable: {}", id, store.name(), e.getMessage());
            }
        }
    }

    private static void resolve(RecordAdministration store, StoredRecord held, Optional<RecordedResponse> answer) {
        boolean done = answer.map(known -> store.resolve(held, known)).orElseGet(() -> store.release(held));
        log.info(
                "{}: the request took {}effect; {}: {}",
                held.id(),
                answer.isPresent() ? "" : "no ",
                store.name(),
                done ? "resolved" : "already resolved");
    }
}

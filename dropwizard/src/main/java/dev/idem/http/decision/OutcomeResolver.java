package dev.idem.http.decision;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the stores what became of a request of which nobody knew that. A store that cannot be asked goes on refusing, and is
 * told by the next repeat that finds out. Thread-safe; blocks while the stores are asked.
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
                store.find(id).filter(StoredRecord::outcomeUnknown).ifPresent(held -> tell(store, held, answer));
            } catch (StoreUnavailableException e) {
                log.warn("{}: {} was not told what became of it: {}", id, store.name(), e.getMessage());
            }
        }
    }

    private static void tell(RecordAdministration store, StoredRecord held, Optional<RecordedResponse> answer) {
        boolean done = answer.map(known -> store.resolve(held, known)).orElseGet(() -> store.release(held));
        String effect = answer.isPresent() ? "took effect" : "took no effect";
        log.info("{} {}, which {} {}", held.id(), effect, store.name(), done ? "notes" : "knows already");
    }
}

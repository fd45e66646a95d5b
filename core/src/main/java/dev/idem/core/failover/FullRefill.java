package dev.idem.core.failover;

import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.unreadable.UnreadableRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Refills a fast store that may have lost records but may also have answers that the durable store lacks. Compares heads,
 * and reads only the answers that are missing in one of the two. For one thread.
 */
final class FullRefill {
    private final String name;
    private final FastCopy fast;
    private final Consumer<UnreadableRecord> unreadable;
    private final DurableCopy durable;
    private final AnswerIndex durableAnswers;
    private final JournalWriter intoDurable;

    /** @param unreadable receives what is not copied as it is */
    FullRefill(FastStore fast, DurableStore durable, Consumer<UnreadableRecord> unreadable) {
        this.name = fast.name();
        this.unreadable = unreadable;
        this.fast = fast.copy().reporting(unreadable);
        this.durable = durable.copy().reporting(unreadable);
        this.durableAnswers = durable.answers();
        this.intoDurable = durable.journalWriter();
    }

    /**
     * Copies the answers of the fast store to the durable store, and then the records of the durable store to the fast
     * store, without those that the other store has.
     *
     * @param intoFast writes to the fast store
     * @throws StoreUnavailableException if one of the two stores is unavailable
     */
    void run(Consumer<List<StoredRecord>> intoFast) {
        if (takeAnswers()) {
            durable.forEachHead(page -> durable.find(lackedByFast(page), intoFast));
        } else {
            durable.forEach(intoFast);
        }
    }

    /**
     * An answer never changes, so the durable store takes those that it lacks. For processing records it has the later
     * state.
     *
     * @return whether the fast store has any answer
     */
    private boolean takeAnswers() {
        boolean[] any = new boolean[1];
        fast.forEachHead(page -> {
            Map<State, List<RecordHead>> byState = page.stream().collect(Collectors.groupingBy(RecordHead::state));
            List<RecordHead> answered = byState.getOrDefault(State.COMPLETED, List.of());
            any[0] |= !answered.isEmpty();
            fast.find(lackedByDurable(answered), this::take);
            fast.forget(byState.getOrDefault(State.PROCESSING, List.of()));
        });
        return any[0];
    }

    private void take(List<StoredRecord> records) {
        List<StoredRecord> answered = records.stream()
                .filter(record -> record.state() == State.COMPLETED)
                .toList();
        try {
            intoDurable.mergeRecords(answered);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) { // such as for a text that the durable store cannot keep
            if (answered.size() == 1) {
                unreadable.accept(UnreadableRecord.of(name, answered.get(0).id(), e));
            } else {
                answered.forEach(record -> take(List.of(record)));
            }
        }
    }

    private List<RecordId> lackedByDurable(List<RecordHead> answered) {
        // A scan of the fast store may return a record twice.
        Map<RecordId, UUID> owners = new HashMap<>();
        answered.forEach(head -> owners.put(head.id(), head.owner()));
        durableAnswers.present(owners).forEach(owners::remove);
        return List.copyOf(owners.keySet());
    }

    private List<RecordId> lackedByFast(List<RecordHead> heads) {
        Map<RecordId, RecordHead> known = new HashMap<>();
        fast.heads(heads.stream().map(RecordHead::id).toList()).forEach(head -> known.put(head.id(), head));
        return heads.stream()
                .filter(head -> !hasAnswerOf(head, known.get(head.id())))
                .map(RecordHead::id)
                .toList();
    }

    /** An owner answers once, so an answer of the same owner is the same, but for an unknown outcome that was resolved. */
    private static boolean hasAnswerOf(RecordHead durable, @Nullable RecordHead fast) {
        return fast != null
                && durable.state() == State.COMPLETED
                && durable.owner().equals(fast.owner())
                && durable.answerSummary().equals(fast.answerSummary())
                && durable.answerBytes() == fast.answerBytes();
    }
}

package dev.idem.core.operations;

import dev.idem.core.event.OperatorActions;
import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * The log in which operations record what they did. An extension point: implementations never throw because a store is
 * unavailable.
 */
public interface ActionLog {

    /** For operations that change nothing. */
    ActionLog NONE = new ActionLog() {
        @Override
        public void did(String action, Collection<RecordId> records, String detail) {
            throw new IllegalStateException("a change without a log: " + action);
        }

        @Override
        public void changedRollout(String detail) {
            throw new IllegalStateException("a change without a log: rollout");
        }
    };

    /**
     * Records an action on these records, or on none in particular.
     *
     * @param action its name, such as {@code clear-stale}
     * @param detail its result, such as {@code stores=redis}
     */
    void did(String action, Collection<RecordId> records, String detail);

    /** Records that the rollout was changed. */
    void changedRollout(String detail);

    /**
     * Writes to the audit trail.
     *
     * @param unavailable called if the audit trail is unavailable; the action was done nevertheless
     */
    static ActionLog to(OperatorActions actions, Consumer<StoreUnavailableException> unavailable) {
        return new ActionLog() {
            @Override
            public void did(String action, Collection<RecordId> records, String detail) {
                write(
                        records.isEmpty()
                                ? () -> actions.did(action, detail)
                                : () -> actions.did(action, List.copyOf(records), detail));
            }

            @Override
            public void changedRollout(String detail) {
                write(() -> actions.changedRollout(detail));
            }

            private void write(Runnable event) {
                try {
                    event.run();
                } catch (StoreUnavailableException e) {
                    unavailable.accept(e);
                }
            }
        };
    }
}

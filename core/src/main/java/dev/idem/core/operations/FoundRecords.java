package dev.idem.core.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.List;

/**
 * Records of the stores that answered.
 *
 * @param more whether a limit left some out
 * @param unreadable what was left out because it is no record
 */
public record FoundRecords(
        List<RecordView> records,
        boolean more,
        List<UnavailableStore> unavailable,
        UnreadableRecords.Summary unreadable) {

    /** Whether records may be missing because a store is unavailable, or has what cannot be read. */
    @JsonProperty
    public boolean partial() {
        return !unavailable.isEmpty() || !unreadable.none();
    }
}

package dev.idem.core.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.record.view.RecordView;
import java.util.List;

/**
 * Records of the stores that answered.
 *
 * @param more whether a limit left some out
 */
public record FoundRecords(List<RecordView> records, boolean more, List<UnavailableStore> unavailable) {

    /** Whether records may be missing because a store is unavailable. */
    @JsonProperty
    public boolean partial() {
        return !unavailable.isEmpty();
    }
}

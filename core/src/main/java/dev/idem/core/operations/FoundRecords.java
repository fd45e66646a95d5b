package dev.idem.core.operations;

import dev.idem.core.record.view.RecordView;
import java.util.List;

/**
 * Records of the stores that answered.
 *
 * @param more whether a limit left some out
 */
public record FoundRecords(List<RecordView> records, boolean more, List<UnavailableStore> unavailable) {}

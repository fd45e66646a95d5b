package dev.idem.admin.output;

import dev.idem.core.operations.ListRecords;
import dev.idem.core.record.view.RecordView;
import java.util.function.Consumer;

/** Writes a list of records as they come, so that memory does not grow with their number. For one thread. */
public interface RecordOutput extends Consumer<RecordView> {

    /** Ends the list. */
    void end(ListRecords.End end);
}

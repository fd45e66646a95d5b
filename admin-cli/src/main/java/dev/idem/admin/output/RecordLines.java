package dev.idem.admin.output;

import dev.idem.core.operations.ListRecords;
import dev.idem.core.record.view.RecordView;
import java.io.PrintWriter;
import picocli.CommandLine.Help.ColorScheme;

/** A table with a line for each record. It is aligned in parts, each of some hundred lines. */
public final class RecordLines implements RecordOutput {
    private static final int LINES_AT_ONCE = 500;

    private final PrintWriter out;
    private final RecordColumns columns;
    private final Table table;
    private int waiting;
    private boolean any;

    public RecordLines(PrintWriter out, RecordColumns columns, ColorScheme colours) {
        this.out = out;
        this.columns = columns;
        this.table = columns.empty(colours);
    }

    @Override
    public void accept(RecordView view) {
        columns.add(table, view);
        any = true;
        waiting++;
        if (waiting == LINES_AT_ONCE) {
            flush();
        }
    }

    /** Says that there is nothing only if every store says so. */
    @Override
    public void end(ListRecords.End end) {
        if (any) {
            flush();
        } else if (end.unavailable().isEmpty() && end.unreadable().none()) {
            out.println("No record was found.");
            out.flush();
        }
    }

    private void flush() {
        if (waiting > 0) {
            out.println(table.nextPart().stripTrailing());
            out.flush();
            waiting = 0;
        }
    }
}

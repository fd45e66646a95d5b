package dev.idem.admin.output;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.idem.core.event.EventView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** Writes events one after another, as lines of JSON or of CSV with a heading. Not thread-safe. */
public final class EventWriter implements AutoCloseable {
    private static final String FORMULA = "=+-@\t\r";

    private final boolean forSpreadsheets;
    private final Writer to;
    private final SequenceWriter writer;
    private boolean any;

    /** How events are written down. */
    public enum Format {
        NDJSON,
        CSV
    }

    /** @throws UncheckedIOException if the heading cannot be written */
    public EventWriter(Format format, Writer to) {
        this.forSpreadsheets = format == Format.CSV;
        this.to = to;
        try {
            this.writer =
                    forSpreadsheets ? csv().writeValues(to) : new Json().lines().writeValues(to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectWriter csv() {
        CsvMapper mapper = CsvMapper.builder()
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        return mapper.writer(mapper.schemaFor(EventView.class).withHeader());
    }

    /** @throws UncheckedIOException if it cannot be written */
    public void write(EventView event) {
        try {
            writer.write(forSpreadsheets ? harmless(event) : event);
            any = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the last line, so that whatever follows has a line of its own. */
    @Override
    public void close() {
        try {
            writer.flush();
            if (any && !forSpreadsheets) {
                to.write('\n');
                to.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EventView harmless(EventView event) {
        return new EventView(
                event.id(),
                event.at(),
                event.type(),
                text(event.scope()),
                text(event.key()),
                text(event.route()),
                text(event.layer()),
                TerminalText.ofCell(event.node()),
                event.fencing(),
                text(event.actor()),
                text(event.reason()),
                text(event.detail()));
    }

    /** Clients choose their keys, and a spreadsheet would take one that begins like a formula for one. */
    private static @Nullable String text(@Nullable String given) {
        if (given == null) {
            return null;
        }
        String shown = TerminalText.ofCell(given);
        return !shown.isEmpty() && FORMULA.indexOf(given.charAt(0)) >= 0 ? '\'' + shown : shown;
    }
}

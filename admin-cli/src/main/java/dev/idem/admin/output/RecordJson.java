package dev.idem.admin.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.core.operations.FoundRecords;
import dev.idem.core.operations.ListRecords;
import dev.idem.core.record.view.RecordView;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One JSON document, the same that {@link Json} makes of {@link FoundRecords}. */
public final class RecordJson implements RecordOutput {
    private final ObjectMapper mapper = Json.mapper();
    private final PrintWriter out;
    private @Nullable JsonGenerator document;

    public RecordJson(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void accept(RecordView view) {
        try {
            document().writePOJO(view);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void end(ListRecords.End end) {
        try (JsonGenerator last = document()) {
            last.writeEndArray();
            last.writeBooleanField("more", end.more());
            last.writeBooleanField(
                    "partial", !end.unavailable().isEmpty() || !end.unreadable().none());
            last.writePOJOField("unavailable", end.unavailable());
            last.writePOJOField("unreadable", end.unreadable());
            last.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.flush();
    }

    private JsonGenerator document() throws IOException {
        if (document == null) {
            document = mapper.createGenerator(out)
                    .setPrettyPrinter(new DefaultPrettyPrinter())
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            document.writeStartObject();
            document.writeArrayFieldStart("records");
        }
        return document;
    }
}

package dev.idem.admin.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.idem.core.operations.text.OperationsJson;

/** Renders results as the admin API does, see {@link OperationsJson}. */
public final class Json {
    private final ObjectWriter pretty = mapper().writer().with(SerializationFeature.INDENT_OUTPUT);

    /** As for the admin API, but a terminal may show it. */
    static ObjectMapper mapper() {
        ObjectMapper mapper = OperationsJson.mapper();
        mapper.getFactory().setCharacterEscapes(TerminalText.inJson());
        return mapper;
    }

    /** Renders a record in one line. */
    public String line(Record view) {
        try {
            return lines().writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every view can be written", e);
        }
    }

    /** Writes records, a line each. */
    ObjectWriter lines() {
        return pretty.without(SerializationFeature.INDENT_OUTPUT).withRootValueSeparator("\n");
    }

    /** Renders a record. */
    public String of(Record view) {
        try {
            return pretty.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every view can be written", e);
        }
    }
}

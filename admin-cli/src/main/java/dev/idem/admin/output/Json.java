package dev.idem.admin.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** JSON as programs may rely on it: snake_case names, instants as ISO-8601 in UTC, durations in milliseconds. */
public final class Json {
    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

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
        return mapper.writer().without(SerializationFeature.INDENT_OUTPUT).withRootValueSeparator("\n");
    }

    /** Renders a record. */
    public String of(Record view) {
        try {
            return mapper.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every view can be written", e);
        }
    }
}

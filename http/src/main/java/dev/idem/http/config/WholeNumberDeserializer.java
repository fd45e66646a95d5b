package dev.idem.http.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Refuses 2.9, which the mapper of an application would otherwise round to 2. */
final class WholeNumberDeserializer extends StdDeserializer<Integer> {
    private static final long serialVersionUID = 1L;

    WholeNumberDeserializer() {
        super(Integer.class);
    }

    @Override
    public @Nullable Integer deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
                ? (Integer) context.handleWeirdNumberValue(
                        Integer.class, parser.getNumberValue(), "the value must be a whole number")
                : _parseInteger(parser, context, Integer.class);
    }
}

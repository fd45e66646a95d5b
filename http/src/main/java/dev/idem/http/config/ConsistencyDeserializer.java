package dev.idem.http.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import dev.idem.core.record.Consistency;
import java.io.IOException;
import java.util.Arrays;

/** Reads {@code fast} or {@code strict}; anything else fails with the key's name. */
final class ConsistencyDeserializer extends StdDeserializer<Consistency> {
    private static final long serialVersionUID = 1L;

    ConsistencyDeserializer() {
        super(Consistency.class);
    }

    @Override
    public Consistency deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        String word = parser.getText();
        return Arrays.stream(Consistency.values())
                .filter(consistency -> consistency.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(keyAt(parser) + " must be fast or strict, not " + word));
    }

    private static String keyAt(JsonParser parser) {
        return parser.getParsingContext()
                .pathAsPointer()
                .toString()
                .substring(1)
                .replace('/', '.');
    }
}

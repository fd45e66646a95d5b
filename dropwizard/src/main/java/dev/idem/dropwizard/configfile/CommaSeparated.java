package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;

/**
 * A text where a list of words or numbers belongs is that list, with commas between them, as for Dropwizard's system
 * properties. So a variable can contain a list.
 */
final class CommaSeparated extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    private final JavaType list;

    private CommaSeparated(JavaType list, JsonDeserializer<?> elements) {
        super(elements);
        this.list = list;
    }

    static BeanDeserializerModifier lists() {
        return new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1L;

            @Override
            public JsonDeserializer<?> modifyCollectionDeserializer(
                    DeserializationConfig config,
                    CollectionType type,
                    BeanDescription bean,
                    JsonDeserializer<?> usual) {
                return isOfWords(type.getContentType()) ? new CommaSeparated(type, usual) : usual;
            }
        };
    }

    private static boolean isOfWords(JavaType element) {
        return element.isEnumType()
                || element.hasRawClass(String.class)
                || Number.class.isAssignableFrom(element.getRawClass());
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> elements) {
        return new CommaSeparated(list, elements);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return super.deserialize(parser, context);
        }
        ArrayNode words = context.getNodeFactory().arrayNode();
        for (String word : parser.getText().split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return context.readTreeAsValue(words, list);
    }
}

package dev.idem.dropwizard.configfile;

import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How texts become what a key's type asks for: nothing is rounded, and nothing becomes zero unsaid. */
final class StrictValues extends DeserializationProblemHandler {
    private static final Set<String> TRUE = Set.of("true", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "no", "off");

    private StrictValues() {}

    /** The mapper, changed. */
    static ObjectMapper on(ObjectMapper mapper) {
        for (LogicalType type : List.of(LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
            mapper.coercionConfigFor(type).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        }
        return mapper.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .addHandler(new StrictValues())
                .registerModule(new SimpleModule().setDeserializerModifier(CommaSeparated.lists()));
    }

    /** YAML has more words for true and false than Jackson. */
    @Override
    public Object handleWeirdStringValue(
            DeserializationContext context, Class<?> target, String value, String failure) {
        String word = value.strip().toLowerCase(Locale.ROOT);
        boolean isWord = TRUE.contains(word) || FALSE.contains(word);
        return isWord && (target == boolean.class || target == Boolean.class)
                ? Boolean.valueOf(TRUE.contains(word))
                : NOT_HANDLED;
    }
}

package dev.idem.core.operations.text;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Writes results for programs, in the same way for command line and API: snake_case names, constants in lower case,
 * instants in ISO 8601 and UTC, durations in milliseconds ({@code …_ms}).
 */
public final class OperationsJson {
    private OperationsJson() {}

    /** Returns a new mapper for each caller. */
    public static JsonMapper mapper() {
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
                .build();
    }
}

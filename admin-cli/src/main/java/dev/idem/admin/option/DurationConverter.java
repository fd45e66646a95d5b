package dev.idem.admin.option;

import dev.idem.core.operations.text.TextArgument;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads what tasks and the admin API read as a duration, such as {@code 30s}; people may put a space before the unit. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern SPACE_BEFORE_UNIT = Pattern.compile("(?<=\\d)\\s+(?=[a-z])");

    @Override
    public Duration convert(String text) {
        String compact = SPACE_BEFORE_UNIT.matcher(text.trim()).replaceFirst("");
        try {
            return new TextArgument("duration", compact).duration().orElseThrow();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 100ms, 30s, 5m, 1h or 2d");
        }
    }
}

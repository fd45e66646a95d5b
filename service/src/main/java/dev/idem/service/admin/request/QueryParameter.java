package dev.idem.service.admin.request;

import dev.idem.core.operations.text.TextArgument;
import dev.idem.core.record.Scope;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One query parameter of a request, which can be read as different types. An invalid value is a {@link ProblemException}, 400,
 * that says what is allowed and does not repeat the value.
 *
 * @param name the name as the caller sends it
 * @param text the value as it was sent; null if it was not
 */
public record QueryParameter(String name, @Nullable String text) {
    /** An integer between two bounds, both included. */
    public int number(int least, int most, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw wrong("must be a number from " + least + " to " + most);
        }
        throw wrong("must be from " + least + " to " + most);
    }

    /** See {@link TextArgument#flag()}. */
    public boolean flag() {
        return read(TextArgument::flag);
    }

    /** See {@link TextArgument#duration()}. */
    public Optional<Duration> duration() {
        return read(TextArgument::duration);
    }

    private <T> T read(Function<TextArgument, T> reading) {
        try {
            return reading.apply(new TextArgument(name, text));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of(ProblemType.INVALID_REQUEST, String.valueOf(e.getMessage()), null), Map.of());
        }
    }

    /** The constant with this name, in lower case. */
    public <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> wrong("must be "
                        + Arrays.stream(type.getEnumConstants())
                                .map(QueryParameter::word)
                                .collect(Collectors.joining(" or ")))));
    }

    public Optional<Scope> scope() {
        try {
            return Optional.ofNullable(text).map(Scope::ofText);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    Problem.of(
                            ProblemType.INVALID_REQUEST, "The parameter " + name + ": " + e.getMessage() + '.', null),
                    Map.of());
        }
    }

    /** @param rule the end of a sentence that begins with the name, such as "must be a number" */
    public ProblemException wrong(String rule) {
        return new ProblemException(
                Problem.of(ProblemType.INVALID_REQUEST, "The parameter " + name + ' ' + rule + '.', null), Map.of());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

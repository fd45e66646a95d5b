package dev.idem.dropwizard.task;

import dev.idem.core.operations.text.TextArgument;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of one call of a task. Methods throw {@link IllegalArgumentException}, whose message names the error. */
record TaskParameters(Map<String, List<String>> values) {

    /** Rejects unknown parameters, so that a misspelt dry-run does not clear records. */
    static TaskParameters of(Map<String, List<String>> values, List<String> known) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("there is no parameter " + unknown + ", only " + known);
        }
        return new TaskParameters(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> one(String name) {
        List<String> given = all(name);
        if (given.size() > 1) {
            throw new IllegalArgumentException("The parameter " + name + " is given more than once.");
        }
        return given.stream().findFirst();
    }

    TextArgument argument(String name) {
        return new TextArgument(name, one(name).orElse(null));
    }
}

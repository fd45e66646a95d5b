package dev.idem.dropwizard.route;

import dev.idem.http.policy.ConfiguredRoute;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what {@code idempotency.routes} says of a resource method. Immutable. */
public final class ConfiguredRoutes {
    /** How many of the application's methods a message names. */
    private static final int MOST_NAMED = 20;

    private final List<Entry> entries;

    private record Entry(ConfiguredRoute route, PathRule path) {

        static Entry of(ConfiguredRoute route) {
            try {
                return new Entry(route, PathRule.of(route.path()));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        route.place() + ".path must be a path such as /payments/{id}/capture: " + e.getMessage(), e);
            }
        }

        boolean includes(String name) {
            return route.names(MethodRoutes.verbOf(name)) && path.includes(PathRule.form(pathOf(name)));
        }

        boolean includes(String verb, String form) {
            return route.names(verb) && path.includes(form);
        }

        boolean collidesWith(Entry other) {
            return path.equals(other.path)
                    && Stream.of("POST", "PUT", "PATCH", "DELETE")
                            .anyMatch(verb -> route.names(verb) && other.route.names(verb));
        }
    }

    /** @throws IllegalArgumentException if a path is none, or if two entries are for one method */
    public ConfiguredRoutes(List<ConfiguredRoute> routes) {
        List<Entry> read = new ArrayList<>();
        for (ConfiguredRoute route : routes) {
            Entry entry = Entry.of(route);
            read.stream().filter(entry::collidesWith).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException(route.place() + " must have another path or other methods than "
                        + other.route().place() + ": both are for the same method");
            });
            read.add(entry);
        }
        // The first that includes a method is the most exact.
        read.sort(Comparator.comparing((Entry entry) -> entry.path().below())
                .thenComparing(entry -> -entry.path().form().length()));
        this.entries = List.copyOf(read);
    }

    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * What is configured for a method; of several entries the one with the longest path, and first of all one for this path alone.
     *
     * @param name of the method's route, such as {@code POST /payments/{id}/capture}
     */
    public Optional<ConfiguredRoute> of(String name) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        String verb = MethodRoutes.verbOf(name);
        String form = PathRule.form(pathOf(name));
        return entries.stream()
                .filter(entry -> entry.includes(verb, form))
                .map(Entry::route)
                .findFirst();
    }

    /**
     * Finds entries that are for nothing.
     *
     * @param names the routes of all methods that are known when the application starts
     * @param open paths below which there may be others, which are known when a request comes
     * @return what is wrong with entries that only such a method can need
     * @throws IllegalArgumentException that says what an entry should be
     */
    List<String> requireUsed(Collection<String> names, Collection<String> open) {
        List<String> forms = open.stream().map(PathRule::form).toList();
        List<String> doubtful = new ArrayList<>();
        for (Entry entry : entries) {
            faultOf(entry, names).ifPresent(fault -> {
                if (forms.stream().noneMatch(entry.path()::isBelow)) {
                    throw new IllegalArgumentException(fault);
                }
                doubtful.add(fault);
            });
        }
        return doubtful;
    }

    private static Optional<String> faultOf(Entry entry, Collection<String> names) {
        ConfiguredRoute route = entry.route();
        if (names.stream().noneMatch(entry::includes)) {
            return Optional.of(route.place() + " must be for a method of this application that changes"
                    + " something: none has the path " + route.path()
                    + (route.methods().isEmpty() ? "" : " and one of the methods " + new TreeSet<>(route.methods()))
                    + ". There are " + some(names));
        }
        return route.methods().stream()
                .filter(verb -> names.stream()
                        .noneMatch(name -> MethodRoutes.verbOf(name).equals(verb) && entry.includes(name)))
                .findFirst()
                .map(verb -> route.place() + ".methods must not have " + verb
                        + ": no method of this application has it at " + route.path());
    }

    private static String some(Collection<String> names) {
        String first = new TreeSet<>(names).stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.isEmpty() ? "none at all" : first + (names.size() > MOST_NAMED ? " and others" : "");
    }

    private static String pathOf(String name) {
        return name.substring(name.indexOf(' ') + 1);
    }
}

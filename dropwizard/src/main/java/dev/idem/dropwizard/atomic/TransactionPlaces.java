package dev.idem.dropwizard.atomic;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.lang3.ClassUtils;
import org.apache.commons.lang3.ClassUtils.Interfaces;
import org.jdbi.v3.core.Handle;

/** Finds where a resource class would be given a transaction that belongs to no request. */
final class TransactionPlaces {
    private final Set<Class<?>> types;

    private TransactionPlaces(Set<Class<?>> types) {
        this.types = types;
    }

    /**
     * Says what is wrong with a field, constructor or setter of the class or an ancestor that takes a {@link Handle}, or is injected with
     * a {@link Connection} or one of the other types. Empty if there is none.
     */
    static Optional<String> outsideOfMethods(Class<?> resource, Set<Class<?>> others) {
        Set<Class<?>> types = new HashSet<>(others);
        types.add(Connection.class);
        types.add(Handle.class);
        return new TransactionPlaces(types).in(resource);
    }

    private Optional<String> in(Class<?> resource) {
        for (Class<?> ancestor : ClassUtils.hierarchy(resource, Interfaces.EXCLUDE)) {
            Optional<String> place = Stream.concat(
                            Arrays.stream(ancestor.getDeclaredFields())
                                    .filter(TransactionPlaces::isInjected)
                                    .flatMap(field -> taken(field, Stream.of(field.getType()))),
                            Stream.concat(
                                            Arrays.stream(ancestor.getDeclaredConstructors()),
                                            Arrays.stream(ancestor.getDeclaredMethods())
                                                    .filter(TransactionPlaces::isSetter))
                                    .flatMap(code -> taken(code, injected(code))))
                    .findFirst();
            if (place.isPresent()) {
                return place;
            }
        }
        return Optional.empty();
    }

    private Stream<String> taken(Object place, Stream<Class<?>> given) {
        return given.filter(types::contains)
                .map(type -> place + " takes a transaction (" + type.getName()
                        + ") that belongs to no request: take it as a parameter @Context " + type.getSimpleName()
                        + " of the atomic method");
    }

    /** A resource that the application makes itself may have a connection of its own; a handle is a transaction's. */
    private static Stream<Class<?>> injected(Executable code) {
        return Arrays.stream(code.getParameters())
                .filter(parameter -> parameter.getType() == Handle.class || isInjected(code) || isInjected(parameter))
                .map(Parameter::getType);
    }

    private static boolean isSetter(Method method) {
        return isInjected(method) && method.getReturnType() == void.class;
    }

    private static boolean isInjected(AnnotatedElement place) {
        return place.isAnnotationPresent(Context.class) || place.isAnnotationPresent(Inject.class);
    }
}

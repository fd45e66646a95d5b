package dev.idem.dropwizard.atomic;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.ClassUtils;
import org.apache.commons.lang3.ClassUtils.Interfaces;
import org.jdbi.v3.core.Handle;

/** Finds where a resource class would be given a transaction that belongs to no request. */
public final class TransactionPlaces {
    private TransactionPlaces() {}

    /** A field, constructor or setter of the class or an ancestor that takes a {@link Handle}. */
    public static Optional<String> outsideOfMethods(Class<?> resource) {
        for (Class<?> ancestor : ClassUtils.hierarchy(resource, Interfaces.EXCLUDE)) {
            Optional<Object> place = Stream.<Object>concat(
                            Arrays.stream(ancestor.getDeclaredFields()).filter(TransactionPlaces::isGiven),
                            Stream.concat(
                                            Arrays.stream(ancestor.getDeclaredConstructors()),
                                            Arrays.stream(ancestor.getDeclaredMethods())
                                                    .filter(TransactionPlaces::isSetter))
                                    .filter(TransactionPlaces::takesOne))
                    .findFirst();
            if (place.isPresent()) {
                return place.map(String::valueOf);
            }
        }
        return Optional.empty();
    }

    private static boolean isGiven(Field field) {
        return field.getType() == Handle.class && isInjected(field);
    }

    private static boolean isSetter(Method method) {
        return isInjected(method) && method.getReturnType() == void.class;
    }

    private static boolean isInjected(AnnotatedElement place) {
        return place.isAnnotationPresent(Context.class) || place.isAnnotationPresent(Inject.class);
    }

    private static boolean takesOne(Executable code) {
        return Arrays.asList(code.getParameterTypes()).contains(Handle.class);
    }
}

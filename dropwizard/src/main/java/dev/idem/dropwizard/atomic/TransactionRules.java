package dev.idem.dropwizard.atomic;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.core.Context;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.sql.Connection;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.lang3.ClassUtils.Interfaces;
import org.apache.commons.lang3.reflect.MethodUtils;
import org.jdbi.v3.core.Handle;

/** What a resource method may say of its transaction. A mistake stops the start. Thread-safe. */
public final class TransactionRules {
    private static final String UNIT_OF_WORK = "io.dropwizard.hibernate.UnitOfWork";

    private final Map<Class<?>, Long> participants;

    /** @param participants the types of what works in a transaction beside its handle, and how many of each */
    public TransactionRules(Map<Class<?>, Long> participants) {
        this.participants = participants;
    }

    /** @throws IllegalStateException if an atomic method is declared wrongly */
    public void requireAtomic(Method method, Class<?> resource) {
        Stream.concat(Stream.of(resource), beans(method))
                .flatMap(type -> TransactionPlaces.outsideOfMethods(type, participants.keySet()).stream())
                .findFirst()
                .ifPresent(mistake -> {
                    throw new IllegalStateException(mistake);
                });
        if (commitsItself(method)) {
            throw new IllegalStateException(method
                    + " is atomic and has @UnitOfWork, which commits before the answer is stored: remove @UnitOfWork."
                    + " With idem-hibernate the method's session is part of its transaction."
                    + " @UnitOfWork(transactional = false) may stay");
        }
        Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Context.class))
                .map(Parameter::getType)
                .filter(type -> participants.getOrDefault(type, 0L) > 1)
                .findFirst()
                .ifPresent(type -> {
                    throw new IllegalStateException(method + " takes " + type.getName() + ", and each transaction has "
                            + participants.get(type) + " of them: use the one of its factory, getCurrentSession()");
                });
    }

    private static Stream<Class<?>> beans(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(BeanParam.class))
                .map(Parameter::getType);
    }

    /**
     * @param bindings of the application, which its methods that are not atomic may use
     * @throws IllegalStateException if a method that is not atomic is declared as if it were
     */
    public void requireNotAtomic(Method method, Isolation isolation, Predicate<Class<?>> bindings) {
        taken(method).filter(bindings.negate()).findFirst().ifPresent(type -> {
            throw new IllegalStateException(method
                    + " takes the request's transaction (" + type.getName() + ") and has none:"
                    + " it must be POST, PUT, PATCH or DELETE, and @Idempotent(atomic = true), and its policy must"
                    + " protect its method");
        });
        if (isolation != Isolation.DEFAULT) {
            throw new IllegalStateException(method + " has isolation = " + isolation
                    + " and no transaction: write @Idempotent(atomic = true, isolation = …), or remove isolation");
        }
    }

    private Stream<Class<?>> taken(Method method) {
        Set<Class<?>> injected = new HashSet<>(participants.keySet());
        injected.add(Connection.class);
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(Context.class)
                        ? parameter.getType() == Handle.class || injected.contains(parameter.getType())
                        : parameter.getType() == Handle.class && parameter.getAnnotations().length == 0)
                .map(Parameter::getType);
    }

    /** By its name: the bundle does without Hibernate. */
    private static boolean commitsItself(Method method) {
        return MethodUtils.getOverrideHierarchy(method, Interfaces.INCLUDE).stream()
                .flatMap(declaration -> Arrays.stream(declaration.getAnnotations()))
                .flatMap(TransactionRules::unpacked)
                .filter(annotation -> annotation.annotationType().getName().equals(UNIT_OF_WORK))
                .anyMatch(annotation -> Boolean.TRUE.equals(read(annotation, "transactional")));
    }

    /** A repeated annotation is in a container. */
    private static Stream<Annotation> unpacked(Annotation annotation) {
        return annotation.annotationType().getName().equals("io.dropwizard.hibernate.UnitsOfWork")
                ? Arrays.stream((Annotation[]) read(annotation, "value"))
                : Stream.of(annotation);
    }

    private static Object read(Annotation annotation, String element) {
        try {
            return annotation.annotationType().getMethod(element).invoke(annotation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(annotation + " has no " + element, e);
        }
    }
}

package dev.idem.dropwizard.route;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.lang3.ClassUtils;
import org.apache.commons.lang3.ClassUtils.Interfaces;
import org.apache.commons.lang3.reflect.MethodUtils;

/**
 * Finds annotations where JAX-RS does: on a resource itself or on its supertypes (Jakarta RESTful Web Services 3.1, section
 * 3.6). A resource must not be unprotected because its annotation is on an interface.
 */
final class AnnotationLookup {
    private AnnotationLookup() {}

    static <A extends Annotation> Optional<A> ofMethod(Method method, Class<A> type) {
        return allOf(method)
                .flatMap(declaration -> Stream.ofNullable(declaration.getAnnotation(type)))
                .findFirst();
    }

    static <A extends Annotation> Optional<A> ofClass(Class<?> resource, Class<A> type) {
        return StreamSupport.stream(
                        ClassUtils.hierarchy(resource, Interfaces.INCLUDE).spliterator(), false)
                .flatMap(ancestor -> Stream.ofNullable(ancestor.getAnnotation(type)))
                .findFirst();
    }

    /** The method itself, then those that it overrides or implements. */
    static Stream<Method> allOf(Method method) {
        return MethodUtils.getOverrideHierarchy(method, Interfaces.INCLUDE).stream();
    }
}

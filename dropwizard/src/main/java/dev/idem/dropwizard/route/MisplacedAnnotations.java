package dev.idem.dropwizard.route;

import dev.idem.dropwizard.Idempotent;
import dev.idem.http.policy.RoutePolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.lang3.ClassUtils;
import org.apache.commons.lang3.ClassUtils.Interfaces;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Stops the start of an application with an {@link Idempotent} that protects nothing: on a method that only reads, on one that no
 * request reaches, or on a class without a method that changes something. One on a class with some that read is in its place.
 */
public final class MisplacedAnnotations implements ApplicationEventListener {

    /** @throws IllegalStateException that names all misplaced annotations */
    @Override
    public void onEvent(ApplicationEvent event) {
        if (event.getType() == ApplicationEvent.Type.INITIALIZATION_APP_FINISHED) {
            List<ResourceMethod> methods = methods(event.getResourceModel());
            Set<String> misplaced = classes(event, methods)
                    .flatMap(type -> misplacedIn(type, methods))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!misplaced.isEmpty()) {
                throw new IllegalStateException(String.join("; ", misplaced));
            }
        }
    }

    private static List<ResourceMethod> methods(ResourceModel model) {
        return model.getResources().stream()
                .flatMap(MisplacedAnnotations::withChildren)
                .flatMap(resource -> resource.getAllMethods().stream())
                .toList();
    }

    private static Stream<Resource> withChildren(Resource resource) {
        return Stream.concat(
                Stream.of(resource), resource.getChildResources().stream().flatMap(MisplacedAnnotations::withChildren));
    }

    /** Those of resources, and what else is registered: an annotation there may be meant for a resource. */
    private static Stream<Class<?>> classes(ApplicationEvent event, List<ResourceMethod> methods) {
        return Stream.of(
                        methods.stream().map(MisplacedAnnotations::handler),
                        event.getResourceConfig().getClasses().stream(),
                        event.getResourceConfig().getInstances().stream().map(Object::getClass))
                .flatMap(types -> types)
                .distinct();
    }

    private static Class<?> handler(ResourceMethod method) {
        return method.getInvocable().getHandler().getHandlerClass();
    }

    private static Stream<String> misplacedIn(Class<?> type, List<ResourceMethod> all) {
        List<ResourceMethod> methods =
                all.stream().filter(method -> handler(method) == type).toList();
        Stream<String> onMethods = declarations(type)
                .filter(declaration -> declaration.isAnnotationPresent(Idempotent.class) && !declaration.isSynthetic())
                .flatMap(declaration -> fault(declaration, type, methods).stream());
        return Stream.concat(onMethods, fault(type, methods).stream());
    }

    private static Stream<Method> declarations(Class<?> type) {
        return StreamSupport.stream(
                        ClassUtils.hierarchy(type, Interfaces.INCLUDE).spliterator(), false)
                .flatMap(MisplacedAnnotations::ofOneClass);
    }

    private static Stream<Method> ofOneClass(Class<?> type) {
        try {
            return Arrays.stream(type.getDeclaredMethods());
        } catch (LinkageError optional) {
            return Stream.empty(); // a library's class with a method for another library, which is not there
        }
    }

    private static Optional<String> fault(Method declaration, Class<?> type, List<ResourceMethod> methods) {
        List<ResourceMethod> reached = methods.stream()
                .filter(method -> AnnotationLookup.allOf(method.getInvocable().getHandlingMethod())
                        .anyMatch(declaration::equals))
                .toList();
        if (reached.isEmpty()) {
            return Optional.of("@Idempotent on " + declaration + " protects nothing: no request reaches this method of "
                    + type.getName()
                    + ". It must be a public method with @POST, @PUT, @PATCH or @DELETE of a class with @Path");
        }
        return reached.stream().anyMatch(MisplacedAnnotations::canBeProtected)
                ? Optional.empty()
                : Optional.of(
                        "@Idempotent on " + declaration + " protects nothing: it is for POST, PUT, PATCH and DELETE."
                                + " Remove it, or put it on the class, where it leaves methods that read alone");
    }

    private static Optional<String> fault(Class<?> type, List<ResourceMethod> methods) {
        return type.isAnnotationPresent(Idempotent.class)
                        && methods.stream().noneMatch(MisplacedAnnotations::canBeProtected)
                ? Optional.of(
                        "@Idempotent on " + type + " protects nothing: the class has no method with @POST, @PUT, @PATCH"
                                + " or @DELETE that a request reaches")
                : Optional.empty();
    }

    /** Also a sub-resource locator: whose resource it gives is known at a request. */
    private static boolean canBeProtected(ResourceMethod method) {
        return method.getType() == ResourceMethod.JaxrsType.SUB_RESOURCE_LOCATOR
                || RoutePolicy.CHANGING.contains(method.getHttpMethod());
    }

    @Override
    public @Nullable RequestEventListener onRequest(RequestEvent start) {
        return null;
    }
}

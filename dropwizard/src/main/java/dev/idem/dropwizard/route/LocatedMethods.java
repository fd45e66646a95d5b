package dev.idem.dropwizard.route;

import dev.idem.dropwizard.Idempotent;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;
import org.jspecify.annotations.Nullable;

/**
 * The resource methods of an application with their paths: those with a path of their own, and those that sub-resource locators lead
 * to, as far as the locators' types tell. Jersey itself looks at the latter when the first request comes.
 */
public final class LocatedMethods {
    /** Locators that lead to each other have a path for each order of them. What is beyond is examined at its first request. */
    private static final int MOST = 1_000;

    private LocatedMethods() {}

    /**
     * One way to a method.
     *
     * @param path the template of the whole path
     */
    public record Located(ResourceMethod method, String path) {

        /** Its name for operators. */
        public String route() {
            return ResourceRoute.name(method.getHttpMethod(), path);
        }
    }

    /** The methods to which no locator leads. */
    static Stream<Located> direct(ResourceModel model) {
        return model.getResources().stream().flatMap(root -> direct(root, ResourceRoute.segment(root.getPath())));
    }

    private static Stream<Located> direct(Resource resource, String path) {
        return Stream.concat(
                methods(resource, path),
                resource.getChildResources().stream()
                        .flatMap(child -> direct(child, path + ResourceRoute.segment(child.getPath()))));
    }

    /** The paths of locators whose type does not tell all methods to which they lead. */
    static Stream<String> open(ResourceModel model) {
        return model.getResources().stream()
                .flatMap(root -> open(root, ResourceRoute.segment(root.getPath()), Set.of()));
    }

    private static Stream<String> open(Resource resource, String path, Set<Class<?>> seen) {
        @Nullable ResourceMethod locator = resource.getResourceLocator();
        return Stream.concat(
                locator == null ? Stream.empty() : open(locator, path, seen),
                resource.getChildResources().stream()
                        .flatMap(child -> open(child, path + ResourceRoute.segment(child.getPath()), seen)));
    }

    private static Stream<String> open(ResourceMethod locator, String path, Set<Class<?>> seen) {
        Class<?> type = typeOf(locator.getInvocable());
        @Nullable Resource located = isOpen(type) || seen.contains(type) ? null : Resource.from(type, true);
        return located == null ? Stream.of(path) : open(located, path, with(seen, type));
    }

    /** Another type may be returned in its place. */
    private static boolean isOpen(Class<?> type) {
        return type == Object.class
                || type == Resource.class
                || type.isInterface()
                || Modifier.isAbstract(type.getModifiers());
    }

    private static Set<Class<?>> with(Set<Class<?>> seen, Class<?> type) {
        Set<Class<?>> further = new HashSet<>(seen);
        further.add(type);
        return further;
    }

    /** @throws IllegalStateException if a locator is {@link Idempotent} */
    public static Stream<Located> of(ResourceModel model) {
        return model.getResources().stream()
                .flatMap(root -> behind(root, ResourceRoute.segment(root.getPath()), Set.of()))
                .limit(MOST);
    }

    /** @param seen the types on the way here: locators may lead back */
    private static Stream<Located> behind(Resource resource, String path, Set<Class<?>> seen) {
        @Nullable ResourceMethod locator = resource.getResourceLocator();
        return Stream.concat(
                locator == null ? Stream.empty() : from(locator, path, seen),
                resource.getChildResources().stream()
                        .flatMap(child -> behind(child, path + ResourceRoute.segment(child.getPath()), seen)));
    }

    private static Stream<Located> from(ResourceMethod locator, String path, Set<Class<?>> seen) {
        requireUnannotated(locator);
        Class<?> type = typeOf(locator.getInvocable());
        if (type == Object.class || type == Resource.class || seen.contains(type)) {
            return Stream.empty();
        }
        @Nullable Resource located = Resource.from(type, true);
        if (located == null) {
            return Stream.empty();
        }
        // The path of a located class counts for nothing.
        return Stream.of(
                        methods(located, path),
                        located.getChildResources().stream()
                                .flatMap(child -> methods(child, path + ResourceRoute.segment(child.getPath()))),
                        behind(located, path, with(seen, type)))
                .flatMap(found -> found);
    }

    private static Stream<Located> methods(Resource resource, String path) {
        return resource.getResourceMethods().stream().map(method -> new Located(method, path));
    }

    private static void requireUnannotated(ResourceMethod locator) {
        if (AnnotationLookup.ofMethod(locator.getInvocable().getHandlingMethod(), Idempotent.class)
                .isPresent()) {
            throw new IllegalStateException(
                    "@Idempotent on "
                            + locator.getInvocable().getHandlingMethod()
                            + " protects nothing: it is a sub-resource locator. Put it on the methods that it leads to, or on their class");
        }
    }

    private static Class<?> typeOf(Invocable locator) {
        if (locator.getRawResponseType() == Class.class
                && locator.getResponseType() instanceof ParameterizedType generic) {
            Type argument = List.of(generic.getActualTypeArguments()).get(0);
            return argument instanceof Class<?> type ? type : Object.class;
        }
        return locator.getRawResponseType() == Class.class ? Object.class : locator.getRawResponseType();
    }
}

package dev.idem.dropwizard.route;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.route.LocatedMethods.Located;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;
import org.jspecify.annotations.Nullable;

/** Follows the types of sub-resource locators, short ways first. For one walk, on one thread. */
final class LocatorWalk {
    /** Locators that lead to each other have a path for each order of them. What is beyond is examined at its first request. */
    private static final int MOST = 1_000;

    private final Map<Class<?>, Optional<Resource>> resources = new HashMap<>();
    private final Queue<Way> ways = new ArrayDeque<>();
    private final List<Located> methods = new ArrayList<>();
    private final Set<String> open = new LinkedHashSet<>();

    /**
     * A way that is still to be followed.
     *
     * @param seen the types on the way here: locators may lead back
     */
    private record Way(Resource located, String path, Set<Class<?>> seen) {}

    private LocatorWalk() {}

    /** @throws IllegalStateException if a locator is {@link Idempotent} */
    static LocatedMethods through(ResourceModel model) {
        LocatorWalk walk = new LocatorWalk();
        model.getResources().forEach(root -> walk.findWays(root, ResourceRoute.segment(root.getPath()), Set.of()));
        for (int followed = 0; followed < MOST && walk.methods.size() < MOST; followed++) {
            @Nullable Way next = walk.ways.poll();
            if (next == null) {
                break;
            }
            walk.follow(next);
        }
        walk.ways.forEach(left -> walk.open.add(left.path()));
        return new LocatedMethods(walk.methods, walk.open);
    }

    private void follow(Way way) {
        // The path of a located class counts for nothing.
        LocatedMethods.direct(way.located(), way.path()).forEach(methods::add);
        findWays(way.located(), way.path(), way.seen());
    }

    private void findWays(Resource resource, String path, Set<Class<?>> seen) {
        @Nullable ResourceMethod locator = resource.getResourceLocator();
        if (locator != null) {
            findWay(locator, path, seen);
        }
        resource.getChildResources()
                .forEach(child -> findWays(child, path + ResourceRoute.segment(child.getPath()), seen));
    }

    private void findWay(ResourceMethod locator, String path, Set<Class<?>> seen) {
        requireUnannotated(locator);
        Class<?> type = typeOf(locator.getInvocable());
        Optional<Resource> located = seen.contains(type) ? Optional.empty() : resourceOf(type);
        if (located.isEmpty() || isOpen(type)) {
            open.add(path);
        }
        located.ifPresent(resource -> ways.add(new Way(resource, path, with(seen, type))));
    }

    private Optional<Resource> resourceOf(Class<?> type) {
        return type == Object.class || type == Resource.class
                ? Optional.empty()
                : resources.computeIfAbsent(type, one -> Optional.ofNullable(Resource.from(one, true)));
    }

    /** Another type may be returned in its place. */
    private static boolean isOpen(Class<?> type) {
        return type.isInterface() || Modifier.isAbstract(type.getModifiers());
    }

    private static Set<Class<?>> with(Set<Class<?>> seen, Class<?> type) {
        Set<Class<?>> further = new HashSet<>(seen);
        further.add(type);
        return further;
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

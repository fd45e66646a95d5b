package dev.idem.dropwizard.route;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;

/**
 * The resource methods to which sub-resource locators lead, as far as the locators' types tell. Jersey itself looks at them when the
 * first request comes.
 *
 * @param methods with the way to each of them
 * @param open the paths of locators below which there may be other methods
 */
public record LocatedMethods(List<Located> methods, Set<String> open) {

    public LocatedMethods {
        methods = List.copyOf(methods);
        open = Set.copyOf(open);
    }

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

    /** @throws IllegalStateException if a locator is {@link dev.idem.dropwizard.Idempotent} */
    public static LocatedMethods of(ResourceModel model) {
        return LocatorWalk.through(model);
    }

    /** The methods to which no locator leads. */
    static Stream<Located> direct(ResourceModel model) {
        return model.getResources().stream().flatMap(root -> direct(root, ResourceRoute.segment(root.getPath())));
    }

    /** Those of a resource that has this path, and of its children. */
    static Stream<Located> direct(Resource resource, String path) {
        return Stream.concat(
                resource.getResourceMethods().stream().map(method -> new Located(method, path)),
                resource.getChildResources().stream()
                        .flatMap(child -> direct(child, path + ResourceRoute.segment(child.getPath()))));
    }
}

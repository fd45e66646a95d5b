package dev.idem.dropwizard.route;

import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.glassfish.jersey.InjectionManagerProvider;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.inject.Providers;
import org.glassfish.jersey.model.internal.RankedProvider;
import org.glassfish.jersey.server.model.ResourceMethodInvoker;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that no request filter comes after a method's claim: it might refuse the caller, and a repeat would have got its
 * answer before. Most methods are examined when the application starts, those of sub-resource locators at their first request.
 * Thread-safe.
 */
public final class ClaimOrder implements Feature {
    /** Of a claim. */
    public static final int LAST = Integer.MAX_VALUE;

    private final Queue<Place> places = new ConcurrentLinkedQueue<>();
    private volatile boolean started;
    private volatile @Nullable InjectionManager filters;

    @Override
    public boolean configure(FeatureContext context) {
        filters = InjectionManagerProvider.getInjectionManager(context);
        context.register(new Start());
        return true;
    }

    /**
     * The place of a protected method's claim among its filters.
     *
     * @param claim the filter that claims
     */
    public Place of(ResourceInfo method, Class<? extends ContainerRequestFilter> claim) {
        Place place = new Place(method, claim);
        if (!started) {
            places.add(place);
        }
        return place;
    }

    /** Of one method, whose filters are known when all features have configured it. */
    public final class Place {
        private final ResourceInfo method;
        private final Class<?> claim;
        private volatile boolean last;

        private Place(ResourceInfo method, Class<?> claim) {
            this.method = method;
            this.claim = claim;
        }

        /** @throws IllegalStateException naming the filter that comes too late, and what to do */
        public void requireLast() {
            if (!last) {
                late().ifPresent(filter -> {
                    throw new IllegalStateException(filter + " is a request filter of " + method.getResourceMethod()
                            + " with the largest priority there is, and so could run after the idempotency layer has answered"
                            + " a repeat, whom it might have refused. Give it a priority below " + LAST
                            + ", by @Priority or where it is registered");
                });
                last = true;
            }
        }

        private Optional<String> late() {
            return Stream.concat(global(), bound())
                    .filter(filter -> filter.getRank() == LAST)
                    .map(filter -> filter.getProvider().getClass())
                    .filter(type -> type != claim)
                    .map(Class::getName)
                    .findFirst();
        }

        /** Those that a name or a feature binds to the method. */
        private Stream<RankedProvider<ContainerRequestFilter>> bound() {
            return method instanceof ResourceMethodInvoker known
                    ? StreamSupport.stream(known.getRequestFilters().spliterator(), false)
                    : Stream.empty();
        }
    }

    private Stream<RankedProvider<ContainerRequestFilter>> global() {
        InjectionManager registered = filters;
        if (registered == null) {
            throw new IllegalStateException("this feature is not registered");
        }
        List<RankedProvider<ContainerRequestFilter>> all = new ArrayList<>();
        Providers.getAllRankedProviders(registered, ContainerRequestFilter.class)
                .forEach(all::add);
        return all.stream().filter(filter -> isGlobal(filter.getProvider().getClass()));
    }

    private static boolean isGlobal(Class<?> filter) {
        return !filter.isAnnotationPresent(PreMatching.class)
                && Arrays.stream(filter.getAnnotations())
                        .noneMatch(annotation -> annotation.annotationType().isAnnotationPresent(NameBinding.class));
    }

    private final class Start implements ApplicationEventListener {
        @Override
        public void onEvent(ApplicationEvent event) {
            if (event.getType() == ApplicationEvent.Type.INITIALIZATION_APP_FINISHED) {
                started = true;
                places.forEach(Place::requireLast);
                places.clear();
            }
        }

        @Override
        public @Nullable RequestEventListener onRequest(RequestEvent start) {
            return null;
        }
    }
}

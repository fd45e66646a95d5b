package dev.idem.dropwizard.late;

import dev.idem.dropwizard.lifetime.Lifetime;
import dev.idem.dropwizard.request.HandedOver;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.servlet.BodyRecording;
import dev.idem.dropwizard.servlet.DirectResponse;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.internal.routing.UriRoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a request that has been answered. The server may have reused its own request since, so this one has properties of its own.
 * Its body has been read.
 */
final class LateRequest extends ContainerRequest {
    /** Properties of the answered request's own end, body and answer. */
    private static final Set<String> OF_ANSWERED = Stream.of(
                    RequestEnd.class, HandedOver.class, Lifetime.class, BodyRecording.class, DirectResponse.class)
            .map(Class::getName)
            .collect(Collectors.toUnmodifiableSet());

    private final ExtendedUriInfo uri;
    private volatile @Nullable Throwable thrown;

    LateRequest(ContainerRequest answered) {
        super(
                answered.getBaseUri(),
                answered.getRequestUri(),
                answered.getMethod(),
                answered.getSecurityContext(),
                new MapPropertiesDelegate(propertiesOf(answered)),
                answered.getConfiguration());
        headers(answered.getHeaders());
        setWorkers(answered.getWorkers());
        UriRoutingContext matched = (UriRoutingContext) answered.getUriInfo();
        ((UriRoutingContext) super.getUriInfo()).setEndpoint(matched.getEndpoint());
        uri = (ExtendedUriInfo) Proxy.newProxyInstance(
                LateRequest.class.getClassLoader(),
                new Class<?>[] {ExtendedUriInfo.class},
                (proxy, asked, arguments) -> uriOf(matched, asked, arguments));
    }

    private static Map<String, Object> propertiesOf(ContainerRequest answered) {
        Map<String, Object> properties = new HashMap<>();
        answered.getPropertyNames().forEach(name -> properties.put(name, answered.getProperty(name)));
        properties.keySet().removeAll(OF_ANSWERED);
        return properties;
    }

    /** The request's own, except for what its first answer was made of. */
    private @Nullable Object uriOf(UriRoutingContext matched, Method asked, @Nullable Object[] arguments)
            throws Throwable {
        if (asked.getName().equals("getMappedThrowable")) {
            return thrown;
        }
        try {
            return asked.invoke(matched, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public ExtendedUriInfo getUriInfo() {
        return uri;
    }

    /** Its answer is made of this. */
    void isAnsweredBy(Throwable failure) {
        thrown = failure;
    }
}

package dev.idem.dropwizard.late;

import dev.idem.dropwizard.request.RequestEnd;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
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
        RequestEnd.begin(this);
    }

    /** None are left of a request that the server has ended. */
    private static Map<String, Object> propertiesOf(ContainerRequest answered) {
        Map<String, Object> properties = new HashMap<>();
        if (!RequestEnd.hasCome(answered)) {
            answered.getPropertyNames().forEach(name -> properties.put(name, answered.getProperty(name)));
        }
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

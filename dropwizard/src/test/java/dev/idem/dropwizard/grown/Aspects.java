package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.InvocationHandler;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;
import org.jspecify.annotations.Nullable;

/** Aspects around resource methods, as libraries for transactions have them. */
final class Aspects implements ResourceMethodInvocationHandlerProvider {
    private final AtomicInteger begun = new AtomicInteger();

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Counted {}

    /** @param rank as libraries give themselves one */
    AbstractBinder ranked(int rank) {
        return new AbstractBinder() {
            @Override
            protected void configure() {
                bind(Aspects.this)
                        .to(ResourceMethodInvocationHandlerProvider.class)
                        .ranked(rank);
            }
        };
    }

    @Override
    public @Nullable InvocationHandler create(Invocable method) {
        return method.getHandlingMethod().isAnnotationPresent(Counted.class)
                ? (resource, called, arguments) -> {
                    int number = begun.incrementAndGet();
                    Object result = called.invoke(resource, arguments);
                    return "aspect " + number + ": " + result;
                }
                : null;
    }

    /** Methods with the aspect. */
    @Path("/aspects")
    @Idempotent
    public static final class Counts {
        private final AtomicInteger count = new AtomicInteger();

        @POST
        @Counted
        public String count() {
            return "call " + count.incrementAndGet();
        }

        @POST
        @Path("/fails")
        @Counted
        public String fail() {
            throw new WebApplicationException("call " + count.incrementAndGet(), 409);
        }
    }
}

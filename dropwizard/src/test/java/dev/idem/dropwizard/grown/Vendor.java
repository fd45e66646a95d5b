package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.IdempotencyContext;
import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import java.util.concurrent.atomic.AtomicInteger;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Resource;

/** Resources as a library has them, without annotations of the layer; and some with annotations, which the configuration changes. */
final class Vendor {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Vendor() {}

    private static String executed() {
        return "execution " + COUNT.incrementAndGet();
    }

    /** Without annotations. */
    @Path("/vendor/payments")
    public static final class Payments {
        @POST
        @Path("{id: \\d{1,9}}/capture/")
        public String capture(@PathParam("id") long id) {
            return executed();
        }

        @PUT
        @Path("{id: \\d{1,9}}/capture/")
        public String put(@PathParam("id") long id) {
            return executed();
        }

        @GET
        @Path("{id: \\d{1,9}}/capture/")
        public String look(@PathParam("id") long id) {
            return executed();
        }

        @POST
        @Path("refunds")
        public String refund(@Context IdempotencyContext idempotency) {
            return executed() + ' ' + idempotency.key().orElse("without a key");
        }

        @Path("{id: \\d{1,9}}/notes")
        public Notes notes() {
            return new Notes();
        }

        /** Nobody knows before a request what it leads to. */
        @Path("{id: \\d{1,9}}/files")
        public Object files() {
            return new Notes();
        }
    }

    /** Without annotations, behind locators. */
    public static final class Notes {
        @POST
        public String add() {
            return executed();
        }

        @POST
        @Path("{note}/pin")
        public String pin() {
            return executed();
        }
    }

    /** With annotations, over which the configuration wins. */
    @Path("/vendor/orders")
    @Idempotent(policy = "quoted")
    public static final class Orders {
        @POST
        public String order() {
            return executed();
        }

        @POST
        @Path("configured")
        public String configured() {
            return executed();
        }

        @POST
        @Path("off")
        public String off(@Context IdempotencyContext idempotency) {
            return executed() + ' ' + idempotency.key().orElse("without a key");
        }
    }

    /** The class has a policy, and a method another one. */
    @Path("/vendor/returns")
    @Idempotent(policy = "quoted")
    public static final class Returns {
        @POST
        public String ofClass() {
            return executed();
        }

        @POST
        @Path("any")
        @Idempotent(policy = "any")
        public String ofMethod() {
            return executed();
        }
    }

    /** Its policy does not protect its method. */
    @Path("/vendor/drafts")
    public static final class Drafts {
        @POST
        @Idempotent(policy = "puts")
        public String draft(@Context IdempotencyContext idempotency) {
            return executed() + ' ' + idempotency.key().orElse("without a key");
        }
    }

    /** Built by code. */
    static Resource built() {
        Resource.Builder resource = Resource.builder("/vendor/built/{name}");
        resource.addMethod(HttpMethod.POST).handledBy(new Inflector<ContainerRequestContext, String>() {
            @Override
            public String apply(ContainerRequestContext request) {
                return executed();
            }
        });
        return resource.build();
    }
}

package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** Sub-resources, of which Jersey knows some at the start. */
@Path("/warehouses")
public final class Warehouses {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @Path("/{warehouse}/shelves")
    public Shelves shelves() {
        return new Shelves();
    }

    @Path("/archive")
    public Shelves archive() {
        return new Shelves();
    }

    @Path("/gates")
    public Object gates() {
        return new Gates();
    }

    /** It leads to itself, too, which its type must not say: Dropwizard would list all ways at the start. */
    public static final class Shelves {
        @POST
        @Idempotent
        public String place() {
            return "placed " + COUNT.incrementAndGet();
        }

        @POST
        @Path("/{shelf}/boxes")
        @Idempotent
        public String box() {
            return "box " + COUNT.incrementAndGet();
        }

        @Path("/{shelf}/inner")
        public Object inner() {
            return new Shelves();
        }
    }

    /** It names a policy that does not exist. */
    public static final class Gates {
        @POST
        @Idempotent(policy = "nowhere")
        public String open() {
            return "open " + COUNT.incrementAndGet();
        }
    }
}

package dev.idem.dropwizard.request;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;

/** A resource that exhausts the heap, in an application that answers every exception. */
final class OutOfMemory {
    private OutOfMemory() {}

    public static void main(String[] arguments) throws ExecutionException, InterruptedException, TimeoutException {
        ResourceConfig application = new ResourceConfig()
                .register(new Hog())
                .register(new AnswersAll())
                .register(new RequestEnd());
        ContainerResponse answer = new ApplicationHandler(application)
                .apply(new ContainerRequest(
                        URI.create("http://a/"),
                        URI.create("http://a/hog"),
                        "POST",
                        null,
                        new MapPropertiesDelegate(),
                        null))
                .get(30, TimeUnit.SECONDS);
        System.exit(answer.getStatus() == 500 ? 0 : 1);
    }

    /** Exhausts the heap. */
    @Path("/hog")
    public static final class Hog {
        @POST
        public @Nullable String take() {
            List<byte[]> unused = Stream.generate(() -> new byte[1 << 20]).toList();
            return null;
        }
    }

    private static final class AnswersAll implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable failure) {
            return Response.serverError().build();
        }
    }
}

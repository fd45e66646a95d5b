package dev.idem.dropwizard.grown;

import dev.idem.dropwizard.Idempotent;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** Answers that filters and interceptors of the application change. */
@Path("/parcels")
@Produces(MediaType.APPLICATION_JSON)
@Idempotent
public final class Parcels {
    private final AtomicInteger count = new AtomicInteger();

    private Response created() {
        int number = count.incrementAndGet();
        return Response.created(URI.create("/parcels/" + number))
                .header("X-Served-By", "resource")
                .entity(Map.of("number", number))
                .build();
    }

    @POST
    public Response plain() {
        return created();
    }

    @POST
    @Path("/enveloped")
    @Envelope.Around
    public Response enveloped() {
        return created();
    }

    @POST
    @Path("/framed")
    @Framed.Body
    public Response framed() {
        return created();
    }

    @POST
    @Path("/letter")
    @Letterhead.On
    public Response letter() {
        return created();
    }

    @POST
    @Path("/both")
    @Envelope.Around
    @Letterhead.On
    public Response both() {
        return created();
    }

    @POST
    @Path("/stamped")
    @Stamp.Early
    public Response stamped() {
        return created();
    }

    @POST
    @Path("/zipped")
    @OwnGzip.Zipped
    public Response zipped() {
        return created();
    }

    /** Encoded by the method itself. */
    @POST
    @Path("/encoded")
    public Response encoded() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(("{\"number\":" + count.incrementAndGet() + "}").getBytes(StandardCharsets.UTF_8));
        }
        return Response.ok(bytes.toByteArray())
                .header("Content-Encoding", "gzip")
                .build();
    }

    @POST
    @Path("/refused")
    @Envelope.Around
    public Response refused() {
        return Response.status(409).entity("no " + count.incrementAndGet()).build();
    }
}

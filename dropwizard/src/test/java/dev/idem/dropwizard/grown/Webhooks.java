package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.dropwizard.Idempotent;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Methods that read their request's body in all the ways there are. */
@Path("/webhooks")
public final class Webhooks {
    private final AtomicInteger count = new AtomicInteger();

    private String answer(Object... parts) {
        return count.incrementAndGet() + " " + java.util.Arrays.asList(parts);
    }

    @POST
    @Path("/entity")
    @BodyFilters.SignedEntity
    @Idempotent
    public String entity(@Context ContainerRequestContext request, String body) {
        return answer(request.getProperty("signed"), body);
    }

    @POST
    @Path("/request")
    @BodyFilters.SignedRequest
    @Idempotent
    public String request(@Context ContainerRequestContext request, InputStream body) throws IOException {
        return answer(request.getProperty("signed"), new String(body.readAllBytes(), UTF_8));
    }

    @POST
    @Path("/copied")
    @BodyFilters.Copied
    @Idempotent
    public String copied(String body) {
        return answer(body);
    }

    @POST
    @Path("/shouted")
    @BodyFilters.Shouted
    @Idempotent
    public String shouted(String body) {
        return answer(body);
    }

    @POST
    @Path("/stream")
    @Idempotent
    public String stream(@Context HttpServletRequest request) throws IOException {
        return answer(new String(request.getInputStream().readAllBytes(), UTF_8));
    }

    @POST
    @Path("/reader")
    @Idempotent
    public String reader(@Context HttpServletRequest request, String body) throws IOException {
        return answer(body, request.getReader().lines().collect(Collectors.joining("|")));
    }

    @POST
    @Path("/listener")
    @Idempotent
    public void listener(@Context HttpServletRequest request, @Suspended AsyncResponse answer) throws IOException {
        ServletInputStream body = request.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        body.setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                while (body.isReady() && !body.isFinished()) {
                    int octet = body.read();
                    if (octet >= 0) {
                        read.write(octet);
                    }
                }
            }

            @Override
            public void onAllDataRead() {
                answer.resume(answer(read.toString(UTF_8)));
            }

            @Override
            public void onError(Throwable failure) {
                answer.resume(failure);
            }
        });
    }

    @POST
    @Path("/form")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Idempotent
    public String form(@FormParam("amount") String amount, @Context HttpServletRequest request) {
        return answer(amount, request.getAttribute("audited"));
    }

    @POST
    @Path("/unprotected")
    public String unprotected(@Context HttpServletRequest request) throws IOException {
        return answer(request.getInputStream().readAllBytes().length);
    }

    @POST
    @Path("/unprotected-entity")
    public String unprotectedEntity(InputStream body) throws IOException {
        return answer(body.readAllBytes().length);
    }
}

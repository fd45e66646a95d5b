package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.dropwizard.Idempotent;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;

/** Methods that write to the servlet response themselves. */
@Path("/callbacks")
@Idempotent
public final class Callbacks {
    private final AtomicInteger count = new AtomicInteger();

    /** Made for each request. */
    @Path("/callbacks-of-class")
    @Idempotent
    @SuppressWarnings("NullAway.Init") // Jersey sets the field
    public static final class OfClass {
        @Context
        private HttpServletResponse response;

        @POST
        public void flushed() throws IOException {
            new Callbacks().flushed(response);
        }
    }

    private String effect() {
        return "effect " + count.incrementAndGet();
    }

    @POST
    @Path("/flushed")
    public void flushed(@Context HttpServletResponse response) throws IOException {
        response.setStatus(201);
        response.setHeader("X-Part", "one");
        response.addHeader("X-Part", "two");
        response.setIntHeader("X-Number", count.incrementAndGet());
        response.addCookie(new Cookie("session", "secret"));
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().print("grün " + count.get());
        response.flushBuffer();
        response.setStatus(500);
        response.setHeader("X-Late", "ignored");
    }

    @POST
    @Path("/unflushed")
    public Response unflushed(@Context HttpServletResponse response) throws IOException {
        response.getOutputStream().write(effect().getBytes(UTF_8));
        return Response.status(202).header("X-Jersey", "too").build();
    }

    @POST
    @Path("/void")
    public void nothing(@Context HttpServletResponse response) throws IOException {
        response.setStatus(201);
        response.getOutputStream().write(effect().getBytes(UTF_8));
    }

    /** As templates are written that know servlets only. */
    @POST
    @Path("/template")
    public StreamingOutput template(@Context HttpServletResponse response) {
        return out -> response.getOutputStream().write(effect().getBytes(UTF_8));
    }

    @POST
    @Path("/worker")
    public void worker(@Context HttpServletResponse response, @Suspended AsyncResponse answer) {
        CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
            try {
                response.getOutputStream().write(effect().getBytes(UTF_8));
                response.flushBuffer();
                answer.resume(Response.ok().build());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @POST
    @Path("/headers")
    public String headers(@Context HttpServletResponse response) {
        String effect = effect();
        response.setHeader("X-Direct", effect);
        response.setHeader("X-Request-Number", effect);
        return effect;
    }

    @POST
    @Path("/error/{status}")
    public void error(@Context HttpServletResponse response, @PathParam("status") int status) throws IOException {
        response.setHeader("X-Direct", effect());
        response.sendError(status);
    }

    @POST
    @Path("/failed/{status}")
    public void failed(@Context HttpServletResponse response, @PathParam("status") int status) throws IOException {
        response.setStatus(status);
        response.getWriter().print(effect());
        response.getWriter().close();
    }

    @POST
    @Path("/redirect")
    public void redirect(@Context HttpServletResponse response) throws IOException {
        response.sendRedirect("elsewhere?effect=" + count.incrementAndGet());
    }

    @POST
    @Path("/reset")
    public void reset(@Context HttpServletResponse response) throws IOException {
        response.getOutputStream().write("wrong".getBytes(UTF_8));
        response.resetBuffer();
        response.getWriter().print(effect());
        response.flushBuffer();
    }

    @POST
    @Path("/large")
    public void large(@Context HttpServletResponse response, @QueryParam("size") int size) throws IOException {
        count.incrementAndGet();
        for (int written = 0; written < size; written += 1 << 10) {
            response.getOutputStream().write(new byte[1 << 10]);
        }
    }

    @POST
    @Path("/large-atomic")
    @Idempotent(atomic = true)
    public void largeAtomic(@Context Handle transaction, @Context HttpServletResponse response) throws IOException {
        large(response, 2 << 20);
    }

    @POST
    @Path("/both")
    public String both(@Context HttpServletResponse response) throws IOException {
        response.getOutputStream().write("written ".getBytes(UTF_8));
        return effect();
    }

    @POST
    @Path("/throws")
    public void fail(@Context HttpServletResponse response) throws IOException {
        response.getOutputStream().write(effect().getBytes(UTF_8));
        response.flushBuffer();
        throw new IllegalStateException("after it has written");
    }
}

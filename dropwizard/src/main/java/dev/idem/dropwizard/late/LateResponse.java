package dev.idem.dropwizard.late;

import dev.idem.dropwizard.servlet.ServletObjects;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.process.internal.RequestScope;
import org.glassfish.jersey.process.internal.Stages;
import org.glassfish.jersey.server.ChunkedOutput;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.internal.process.RequestProcessingContext;
import org.glassfish.jersey.server.internal.process.RequestProcessingContextReference;
import org.glassfish.jersey.server.internal.routing.UriRoutingContext;
import org.glassfish.jersey.server.model.ResourceMethodInvoker;
import org.glassfish.jersey.spi.ExceptionMappers;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what a method answers late the response that Jersey would have sent in time: through the application's exception mappers,
 * response filters, interceptors and writers, and so through the layer's own, which store it. No client gets it.
 */
final class LateResponse {
    private final RequestProcessingContext answered;
    private final ServletObjects objects;
    private final LateRequest request;

    /**
     * @param answered by a timeout
     * @param objects of that request, which has ended
     */
    LateResponse(RequestProcessingContext answered, ServletObjects objects, LateRequest request) {
        this.answered = answered;
        this.objects = objects;
        this.request = request;
    }

    /** @throws RuntimeException if the application cannot make a response of it */
    void send(Object answer) throws IOException {
        InjectionManager injections = answered.injectionManager();
        Callable<@Nullable Void> sending = () -> {
            enter(injections);
            write(answer instanceof Throwable failure ? mapped(failure) : asResponse(answer));
            return null;
        };
        try {
            injections.getInstance(RequestScope.class).runInScope(sending);
        } catch (RuntimeException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** From here on what is injected belongs to this request. */
    private void enter(InjectionManager injections) {
        UriRoutingContext matched = (UriRoutingContext) answered.request().getUriInfo();
        injections
                .getInstance(RequestProcessingContextReference.class)
                .set(new RequestProcessingContext(
                        injections, request, matched, answered.monitoringEventBuilder(), event -> {}));
        objects.enter(injections);
    }

    private static Response asResponse(Object answer) {
        return answer instanceof Response response
                ? response
                : Response.ok(answer).build();
    }

    private void write(Response answer) throws IOException {
        ContainerResponse response = new ContainerResponse(request, answer);
        @Nullable URI location = response.getLocation();
        if (location != null && !location.isAbsolute()) {
            response.getHeaders()
                    .putSingle(HttpHeaders.LOCATION, request.getBaseUri().resolve(location));
        }
        response = Stages.process(response, answered.createRespondingRoot());
        if (response.getEntity() instanceof ChunkedOutput<?> output) {
            output.close();
        } else if (response.hasEntity()) {
            writeEntity(response);
        }
    }

    private void writeEntity(ContainerResponse response) throws IOException {
        response.setStreamProvider(length -> OutputStream.nullOutputStream());
        ResourceMethodInvoker method =
                (ResourceMethodInvoker) ((UriRoutingContext) answered.request().getUriInfo()).getEndpoint();
        response.setEntityStream(request.getWorkers()
                .writeTo(
                        response.getEntity(),
                        response.getEntityClass(),
                        response.getEntityType(),
                        response.getEntityAnnotations(),
                        response.getMediaType(),
                        response.getHeaders(),
                        request.getPropertiesDelegate(),
                        response.getEntityStream(),
                        method.getWriterInterceptors()));
        response.getWrappedMessageContext().close();
    }

    private Response mapped(Throwable failure) {
        request.isAnsweredBy(failure);
        @Nullable Throwable each = failure;
        do {
            if (each instanceof WebApplicationException own && own.getResponse().hasEntity()) {
                return own.getResponse();
            }
            @Nullable
            ExceptionMapper<Throwable> mapper = answered.injectionManager()
                    .getInstance(ExceptionMappers.class)
                    .findMapping(each);
            if (mapper != null) {
                @Nullable Response response = mapper.toResponse(each);
                return response == null ? Response.noContent().build() : response;
            }
            if (each instanceof WebApplicationException own) {
                return own.getResponse();
            }
            each = each instanceof CompletionException || each instanceof ExecutionException ? each.getCause() : null;
        } while (each != null);
        return Response.serverError().build();
    }
}

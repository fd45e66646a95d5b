package dev.idem.dropwizard.filter;

import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.dropwizard.problem.UnreadableBodyException;
import dev.idem.dropwizard.servlet.BodyRecording;
import dev.idem.dropwizard.servlet.ClientLivenessListener;
import dev.idem.http.decision.IncomingRequest;
import dev.idem.http.key.IdempotencyKeyHeader;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import dev.idem.http.memory.BodyReservation;
import dev.idem.http.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jersey's request. */
record JerseyRequest(ContainerRequestContext context, BodyRecording recording) implements IncomingRequest {

    static JerseyRequest of(ContainerRequestContext context) {
        BodyRecording recording = BodyRecording.of(context)
                .orElseThrow(() -> new IllegalStateException("the servlet layer of the bundle is not registered"));
        return new JerseyRequest(context, recording);
    }

    @Override
    public String method() {
        return context.getMethod();
    }

    @Override
    public String rawPath() {
        return context.getUriInfo().getRequestUri().getRawPath();
    }

    @Override
    public @Nullable String rawQuery() {
        return context.getUriInfo().getRequestUri().getRawQuery();
    }

    @Override
    public List<String> headers(String name) {
        @Nullable List<String> lines = context.getHeaders().get(name);
        return lines == null ? List.of() : lines;
    }

    @Override
    public Optional<String> principal() {
        return Optional.ofNullable(context.getSecurityContext())
                .map(SecurityContext::getUserPrincipal)
                .map(Principal::getName);
    }

    @Override
    public ClientLiveness caller() {
        return ClientLivenessListener.of(context);
    }

    /** As the client has sent it, whatever filters have read or replaced. A body that cannot be read ends the request, whatever mappers there are. */
    @Override
    public Optional<byte[]> body(long limit) throws IOException {
        try {
            return recording.all(limit);
        } catch (IOException unread) {
            Problem problem = UnreadableBodyException.problemOf(
                            unread,
                            IdempotencyKeyHeader.orNull(context.getHeaders().get(IdempotencyKeyHeader.NAME)))
                    .orElseThrow(() -> unread);
            throw new ProblemException(problem, Map.of("Connection", "close"));
        }
    }

    BodyReservation reservation() {
        return recording.reservation();
    }

    @Override
    public void reserveAnswer(long bytes) throws BodyMemoryExhaustedException {
        reservation().reserveInTurn(bytes);
    }
}

package dev.idem.dropwizard.problem;

import dev.idem.http.key.IdempotencyKeyHeader;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The key of a request, which its problems name. */
public final class RequestKey {
    private static final String PROPERTY = RequestKey.class.getName();

    private RequestKey() {}

    /** Notes the key that the layer has found, wherever it was. */
    public static void is(ContainerRequestContext request, Optional<String> key) {
        key.ifPresent(found -> request.setProperty(PROPERTY, found));
    }

    /** Before the layer has found one, that of the usual header; null for none or a malformed one. */
    public static @Nullable String orNull(ContainerRequestContext request) {
        @Nullable String found = (String) request.getProperty(PROPERTY);
        return found == null ? IdempotencyKeyHeader.orNull(request.getHeaders().get(IdempotencyKeyHeader.NAME)) : found;
    }
}

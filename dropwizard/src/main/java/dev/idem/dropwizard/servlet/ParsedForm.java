package dev.idem.dropwizard.servlet;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/**
 * The body of a form that the server has parsed, because a servlet filter asked for a parameter. Its bytes are gone, so it is
 * written anew from its fields. The fingerprint compares forms field by field.
 */
final class ParsedForm {
    private ParsedForm() {}

    /** Empty if the server has parsed no form. */
    static Optional<InputStream> of(ContainerRequestContext request) {
        return fields(request.getProperty(FormFields.class.getName()))
                .filter(fields -> !fields.isEmpty())
                .map(fields -> new ByteArrayInputStream(written(fields).getBytes(StandardCharsets.US_ASCII)));
    }

    private static Optional<Fields> fields(@Nullable Object attribute) {
        Object parsed = attribute instanceof CompletableFuture<?> later && !later.isCompletedExceptionally()
                ? later.getNow(null)
                : attribute;
        return parsed instanceof Fields fields ? Optional.of(fields) : Optional.empty();
    }

    private static String written(Fields fields) {
        return fields.stream()
                .flatMap(field ->
                        field.getValues().stream().map(value -> encoded(field.getName()) + '=' + encoded(value)))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

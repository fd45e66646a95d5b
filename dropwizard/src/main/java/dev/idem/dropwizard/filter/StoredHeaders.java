package dev.idem.dropwizard.filter;

import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.http.completion.ReplayableHeaders;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.glassfish.jersey.InjectionManagerProvider;
import org.glassfish.jersey.spi.ContentEncoder;
import org.jspecify.annotations.Nullable;

/** The headers of a response that its repeats get. */
final class StoredHeaders {
    private StoredHeaders() {}

    /**
     * Of a response whose body Jersey does not write. Its own headers replace those that the method has set directly.
     *
     * @param direct headers of the servlet response; a content coding among them is that of the method's own bytes
     */
    static List<Header> of(ContainerResponseContext response, Map<String, List<String>> direct) {
        if (direct.isEmpty()) {
            return ReplayableHeaders.of(response.getStringHeaders());
        }
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(direct);
        all.putAll(response.getStringHeaders());
        List<Header> headers = new ArrayList<>(ReplayableHeaders.of(all));
        if (!response.getHeaders().containsKey(HttpHeaders.CONTENT_ENCODING)) {
            direct.getOrDefault(HttpHeaders.CONTENT_ENCODING, List.of())
                    .forEach(coding -> headers.add(new Header(HttpHeaders.CONTENT_ENCODING, coding)));
        }
        return headers;
    }

    /** Of one whose body Jersey writes. Its content coding is stored if the application has encoded the body itself. */
    static List<Header> of(
            ContainerResponseContext response, Map<String, List<String>> direct, WriterInterceptorContext context) {
        List<Header> headers = new ArrayList<>(of(response, direct));
        @Nullable String coding = response.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !isAppliedLater(coding, context)) {
            headers.add(new Header(HttpHeaders.CONTENT_ENCODING, coding));
        }
        return headers;
    }

    /** Whether Jersey encodes the body after it is stored, as the present client accepts it. */
    private static boolean isAppliedLater(String coding, WriterInterceptorContext context) {
        return InjectionManagerProvider.getInjectionManager(context)
                .<ContentEncoder>getAllInstances(ContentEncoder.class)
                .stream()
                .filter(StoredHeaders::isOutside)
                .anyMatch(encoder -> encoder.getSupportedEncodings().contains(coding));
    }

    private static boolean isOutside(ContentEncoder encoder) {
        @Nullable Priority priority = encoder.getClass().getAnnotation(Priority.class);
        return priority != null && priority.value() <= Priorities.ENTITY_CODER;
    }
}

package dev.idem.dropwizard.filter;

import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.dropwizard.servlet.DirectResponse;
import dev.idem.http.completion.ReplayableHeaders;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.glassfish.jersey.InjectionManagerProvider;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.inject.Providers;
import org.glassfish.jersey.model.internal.RankedProvider;
import org.glassfish.jersey.spi.ContentEncoder;
import org.jspecify.annotations.Nullable;

/** The headers of a method's responses that repeats get. Thread-safe. */
final class StoredHeaders {
    /**
     * A location that is sent as it is, since the method has set it on the servlet response. Jersey makes its own absolute, also when it
     * is replayed. Names are equal in any case, so others need not know of it.
     */
    private static final String VERBATIM_LOCATION = "location";

    private volatile @Nullable Set<String> applied;

    /**
     * Of a response whose body Jersey does not write. Its own headers replace those that the method has set directly.
     *
     * @param direct headers of the servlet response; a content coding among them is that of the method's own bytes
     */
    static List<Header> of(ContainerResponseContext response, Map<String, List<String>> direct) {
        if (direct.isEmpty()) {
            return replayable(response.getStringHeaders(), HttpHeaders.LOCATION);
        }
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(direct);
        all.putAll(response.getStringHeaders());
        boolean isVerbatim = !response.getHeaders().containsKey(HttpHeaders.LOCATION);
        List<Header> headers = replayable(all, isVerbatim ? VERBATIM_LOCATION : HttpHeaders.LOCATION);
        if (!response.getHeaders().containsKey(HttpHeaders.CONTENT_ENCODING)) {
            direct.getOrDefault(HttpHeaders.CONTENT_ENCODING, List.of())
                    .forEach(coding -> headers.add(new Header(HttpHeaders.CONTENT_ENCODING, coding)));
        }
        return headers;
    }

    private static List<Header> replayable(Map<String, List<String>> all, String location) {
        List<Header> headers = new ArrayList<>(ReplayableHeaders.of(all));
        headers.replaceAll(
                header -> header.name().equalsIgnoreCase(location) ? new Header(location, header.value()) : header);
        return headers;
    }

    /** Passes a location by Jersey. */
    static void sendVerbatim(GivenAnswer given, ContainerRequestContext request, ContainerResponseContext response) {
        given.headers().stream()
                .filter(header -> header.name().equals(VERBATIM_LOCATION))
                .findFirst()
                .ifPresent(location -> DirectResponse.of(request).ifPresent(direct -> {
                    response.getHeaders().remove(HttpHeaders.LOCATION);
                    direct.server().setHeader(HttpHeaders.LOCATION, location.value());
                }));
    }

    /** Of one whose body Jersey writes. Its content coding is stored if the application has encoded the body itself. */
    List<Header> of(
            ContainerResponseContext response, Map<String, List<String>> direct, WriterInterceptorContext context) {
        List<Header> headers = new ArrayList<>(of(response, direct));
        @Nullable String coding = response.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && !isAppliedLater(coding, context)) {
            headers.add(new Header(HttpHeaders.CONTENT_ENCODING, coding));
        }
        return headers;
    }

    /** The content coding that Jersey applies to the body after it is stored, as the present client accepts it. */
    Optional<String> codingAppliedLater(ContainerResponseContext response, WriterInterceptorContext context) {
        return Optional.ofNullable(response.getHeaderString(HttpHeaders.CONTENT_ENCODING))
                .filter(coding -> isAppliedLater(coding, context));
    }

    private boolean isAppliedLater(String coding, WriterInterceptorContext context) {
        Set<String> known = applied;
        if (known == null) {
            known = codingsOutside(InjectionManagerProvider.getInjectionManager(context));
            applied = known;
        }
        return known.contains(coding);
    }

    /** Of the encoders that are outside of the layer, by the priorities with which they are registered. */
    private static Set<String> codingsOutside(InjectionManager registered) {
        return StreamSupport.stream(
                        Providers.getAllRankedProviders(registered, WriterInterceptor.class)
                                .spliterator(),
                        false)
                .filter(interceptor -> interceptor.getRank() <= Priorities.ENTITY_CODER)
                .map(RankedProvider::getProvider)
                .filter(ContentEncoder.class::isInstance)
                .flatMap(encoder -> ((ContentEncoder) encoder).getSupportedEncodings().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}

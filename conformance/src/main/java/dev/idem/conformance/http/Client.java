package dev.idem.conformance.http;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/** Sends requests to one server, follows nothing and repeats nothing by itself. Thread-safe. */
public final class Client {
    /** Longer than any server should let a repeat wait. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final SSLContext tls;
    private final HttpClient client;

    /**
     * One that speaks HTTP/1.1.
     *
     * @param base scheme, host and port, and perhaps a path that all others begin with
     */
    public Client(URI base) {
        this(base, HttpClient.Version.HTTP_1_1, defaultTls());
    }

    /**
     * @param base scheme, host and port, and perhaps a path that all others begin with
     * @param version HTTP/2 is used if the server agrees; without TLS it is asked for an upgrade
     * @param tls whom to trust, if the scheme is https
     */
    public Client(URI base, HttpClient.Version version, SSLContext tls) {
        this.base = base;
        this.tls = tls;
        this.client = HttpClient.newBuilder()
                .version(version)
                .sslContext(tls)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Trusts whom this Java trusts. */
    public static SSLContext defaultTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** What makes connections of the same kind. */
    SocketFactory sockets() {
        return "https".equals(base.getScheme()) ? tls.getSocketFactory() : SocketFactory.getDefault();
    }

    public URI base() {
        return base;
    }

    /** Completes exceptionally if there is no answer within {@link #PATIENCE}. */
    public CompletableFuture<Answer> send(Request request) {
        return client.sendAsync(translated(request), BodyHandlers.ofByteArray()).thenApply(Client::answer);
    }

    private HttpRequest translated(Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + request.target()))
                .method(request.method(), publisher(request))
                .timeout(PATIENCE);
        request.headers().forEach(header -> builder.header(header.name(), header.value()));
        return builder.build();
    }

    private static BodyPublisher publisher(Request request) {
        if (request.chunked()) {
            return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(request.body()));
        }
        return request.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(request.body());
    }

    private static Answer answer(HttpResponse<byte[]> response) {
        List<Header> headers = new ArrayList<>();
        response.headers()
                .map()
                .forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
        return new Answer(response.statusCode(), headers, response.body());
    }
}

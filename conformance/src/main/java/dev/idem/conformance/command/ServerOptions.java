package dev.idem.conformance.command;

import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.http.Client;
import dev.idem.conformance.http.Header;
import dev.idem.conformance.profile.Profile;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe the server to be tested. Filled by picocli. */
final class ServerOptions {
    private static final String MIB = "1048576";

    enum Keys {
        ANY,
        UUID
    }

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where the server is: http(s)://HOST[:PORT][/PREFIX].")
    private @Nullable URI baseUrl;

    @Option(
            names = "--http2",
            description = "Speak HTTP/2 if the server agrees (without TLS: by upgrade). Raw requests use HTTP/1.1.")
    private boolean http2;

    @Option(names = "--path", paramLabel = "PATH", description = "An end point whose POST creates something.")
    private @Nullable String path;

    @Option(
            names = "--body",
            paramLabel = "JSON",
            defaultValue = "{}",
            description = "What to send there (${DEFAULT-VALUE}).")
    private String body = "{}";

    @Option(names = "--other-body", paramLabel = "JSON", description = "Something else that creates something there.")
    private @Nullable String otherBody;

    @Option(
            names = "--probe",
            paramLabel = "PATH",
            description = "Where the probe is, such as /probe; docs/conformance.md says what it has to do.")
    private @Nullable String probe;

    @Option(
            names = "--header",
            paramLabel = "'NAME: VALUE'",
            description = "A header of each request, such as a user's Authorization. May be repeated.")
    private List<Header> headers = List.of();

    @Option(
            names = "--other-header",
            paramLabel = "'NAME: VALUE'",
            description = "The same for a second user. May be repeated.")
    private List<Header> otherHeaders = List.of();

    @Option(
            names = "--keys",
            paramLabel = "any|uuid",
            description = "Which keys the server takes (any; for the profile azure uuid).")
    private @Nullable Keys keys;

    @Option(
            names = "--window",
            paramLabel = "TIME",
            description = "How long a request without a key is compared with others, such as 2s.")
    private @Nullable Duration window;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            description = "How long an answer is kept, if it is short, such as 5s.")
    private @Nullable Duration ttl;

    @Option(
            names = "--largest-answer",
            paramLabel = "BYTES",
            defaultValue = MIB,
            description = "The largest body of an answer that is kept (${DEFAULT-VALUE}).")
    private int largestAnswer;

    @Option(
            names = "--largest-request",
            paramLabel = "BYTES",
            defaultValue = MIB,
            description = "The largest body of a request that is taken (${DEFAULT-VALUE}).")
    private int largestRequest;

    /** @throws IllegalArgumentException saying which option is missing or wrong */
    Server server(Profile profile) {
        if (baseUrl == null || baseUrl.getHost() == null) {
            throw new IllegalArgumentException("--base-url must be http(s)://HOST[:PORT]");
        }
        if (path == null && probe == null) {
            throw new IllegalArgumentException("--path or --probe must say where requests go");
        }
        return new Server(
                new Client(
                        baseUrl, http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1, Client.defaultTls()),
                Optional.ofNullable(path),
                body,
                Optional.ofNullable(otherBody),
                Optional.ofNullable(probe),
                headers,
                otherHeaders,
                keys == null ? profile.wantsUuids() : keys == Keys.UUID,
                Optional.ofNullable(window),
                Optional.ofNullable(ttl),
                largestAnswer,
                largestRequest);
    }
}

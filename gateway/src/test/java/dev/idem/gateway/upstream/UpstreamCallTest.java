package dev.idem.gateway.upstream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.gateway.route.BreakerSettings;
import dev.idem.gateway.route.UpstreamSettings;
import dev.idem.gateway.upstream.UpstreamFailure.Kind;
import dev.idem.gateway.upstream.connection.SharedSelectorConnector;
import dev.idem.gateway.upstream.connection.UpstreamTransports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call ends once, when it should at the latest, and knows whether anything of it has left. */
@Timeout(30)
final class UpstreamCallTest {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ServerSocket server;
    private final AtomicInteger left = new AtomicInteger();
    private final List<Result> results = new CopyOnWriteArrayList<>();
    private final HttpClient http;
    private final UpstreamClient upstream;

    UpstreamCallTest() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        http = new HttpClient(UpstreamTransports.http1(
                new SharedSelectorConnector(List::of), Duration.ofSeconds(4), Duration.ofMinutes(1)));
        upstream = new UpstreamClient(settings(), http, () -> {});
    }

    private UpstreamSettings settings() {
        return new UpstreamSettings(
                "http",
                "127.0.0.1",
                server.getLocalPort(),
                UpstreamSettings.Protocol.HTTP11,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(4),
                Duration.ofMinutes(1),
                1,
                0,
                BreakerSettings.DEFAULT);
    }

    @BeforeEach
    void start() throws Exception {
        http.start();
        http.getProtocolHandlers().clear();
        Thread serving = new Thread(this::serve, "server");
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void stop() throws IOException {
        LifeCycle.stop(http);
        server.close();
    }

    /** Answers the version of each request with something interim, and notes when it is left. */
    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                for (int octet = connection.getInputStream().read(); octet >= 0; ) {
                    if (octet == '/') {
                        connection.getOutputStream().write("HTTP/1.1 104 X\r\n\r\n".getBytes(ISO_8859_1));
                    }
                    octet = connection.getInputStream().read();
                }
                left.incrementAndGet();
            } catch (IOException e) {
                left.incrementAndGet();
            }
        }
    }

    private UpstreamCall call() {
        return upstream.call("POST", "*", PATIENCE).orElseThrow();
    }

    private final class Noting implements Response.Listener {
        @Override
        public void onComplete(Result result) {
            results.add(result);
        }
    }

    private Throwable failure() {
        await().until(() -> !results.isEmpty());
        return results.get(0).getFailure();
    }

    /** Takes an answer and forgets it, as Jetty's client does with interim answers that it does not know. */
    private static final class Forgetting implements ProtocolHandler, Response.Listener {
        @Override
        public String getName() {
            return "forgetting";
        }

        @Override
        public boolean accept(Request request, Response response) {
            return true;
        }

        @Override
        public Response.Listener getResponseListener() {
            return this;
        }
    }

    @Test
    void oneThatTheClientLibraryForgetsEndsAllTheSame() {
        http.getProtocolHandlers().put(new Forgetting());
        UpstreamCall call = call();
        call.send(new Noting());

        assertThat(call.failed(failure()).kind()).isEqualTo(Kind.TIMEOUT);
        await().until(() -> left.get() == 1);
        assertThat(results).hasSize(1);
        assertThat(upstream.call("POST", "*", PATIENCE)).isPresent();
    }

    @Test
    void oneThatIsNeverSentGivesItsPlaceBack() {
        UpstreamCall forgotten = call();

        assertThat(upstream.call("POST", "*", PATIENCE)).isEmpty();
        await().until(() -> upstream.call("POST", "*", PATIENCE).isPresent());
        assertThat(forgotten.neverLeft(new IOException())).isFalse();
    }

    @Test
    void oneWhoseConnectionEndsBeforeAByteHasLeftMayGoOnceMore() {
        UpstreamCall call = call();
        call.request().onRequestHeaders(request -> request.getConnection().close());
        call.send(new Noting());

        assertThat(call.neverLeft(failure())).isTrue();
        assertThat(call.failed(failure()).nothingSent()).isTrue();
        assertThat(results).hasSize(1);
    }

    @Test
    void oneWhoseConnectionEndsAfterThatMayHaveTakenEffect() {
        UpstreamCall call = call();
        call.request().onRequestCommit(request -> request.getConnection().close());
        call.send(new Noting());

        assertThat(call.neverLeft(failure())).isFalse();
        assertThat(call.failed(failure()).kind()).isEqualTo(Kind.BROKEN);
    }
}

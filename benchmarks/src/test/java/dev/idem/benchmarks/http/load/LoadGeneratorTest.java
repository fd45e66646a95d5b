package dev.idem.benchmarks.http.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class LoadGeneratorTest {
    private final AtomicLong numbers = new AtomicLong();

    @Test
    void sendsAsManyAsAskedAndCountsTheAnswers() throws IOException {
        try (StubServer server = new StubServer(201, 1);
                LoadGenerator generator = generator(server, 4, true)) {
            LoadResult result = generator.run(numbers::getAndIncrement, Pace.CLOSED, Limit.requests(100));

            assertThat(result.tally()).isEqualTo(new Tally(100, 0, 0, 0, 0));
            assertThat(result.latencies().getTotalCount()).isEqualTo(100);
            assertThat(new HashSet<>(server.keys())).hasSize(100).allMatch(key -> key.matches("[0-9a-f-]{36}"));
            assertThat(server.bodies())
                    .allMatch(body -> body.startsWith("{\"number\":\"000000000") && body.endsWith("}"))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void usesAllConnectionsAtATime() throws IOException {
        // Answers none before all eight have come.
        try (StubServer server = new StubServer(200, 8);
                LoadGenerator generator = generator(server, 8, true)) {
            LoadResult result = generator.run(() -> 7, Pace.TOGETHER, Limit.requests(8));

            assertThat(result.tally().answers()).isEqualTo(8);
            assertThat(new HashSet<>(server.keys())).hasSize(1);
        }
    }

    @Test
    void sendsNoKeyWhenThereIsToBeNone() throws IOException {
        try (StubServer server = new StubServer(200, 1);
                LoadGenerator generator = generator(server, 1, false)) {
            LoadResult unused = generator.run(numbers::getAndIncrement, Pace.CLOSED, Limit.requests(3));

            assertThat(server.keys()).containsOnly("null").hasSize(3);
            assertThat(server.bodies()).doesNotHaveDuplicates();
        }
    }

    @Test
    void tellsConflictsAndFailuresFromSuccess() throws IOException {
        for (int status : new int[] {409, 503}) {
            try (StubServer server = new StubServer(status, 1);
                    LoadGenerator generator = generator(server, 1, true)) {
                LoadResult result = generator.run(numbers::getAndIncrement, Pace.CLOSED, Limit.requests(2));

                assertThat(result.tally())
                        .isEqualTo(status == 409 ? new Tally(0, 0, 2, 0, 0) : new Tally(0, 0, 0, 2, 0));
            }
        }
    }

    @Test
    void anOpenLoopKeepsItsPaceAndCountsFromWhenARequestWasDue() throws IOException {
        try (StubServer server = new StubServer(200, 1);
                LoadGenerator generator = generator(server, 1, true)) {
            LoadResult result =
                    generator.run(numbers::getAndIncrement, Pace.open(200), Limit.time(Duration.ofMillis(500)));

            assertThat(result.tally().answers()).isEqualTo(100);
            assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofMillis(490));
        }
    }

    @Test
    void whoeverIsKeptWaitingByAnotherHasWaited() throws IOException {
        // Due at once, and answered one after the other: the last one's time has all others in it.
        try (StubServer server = new StubServer(200, 1);
                LoadGenerator generator = generator(server, 1, true)) {
            LoadResult result = generator.run(numbers::getAndIncrement, Pace.TOGETHER, Limit.requests(50));

            assertThat(Duration.ofNanos(result.latencies().getMaxValue()))
                    .isGreaterThanOrEqualTo(result.elapsed().multipliedBy(9).dividedBy(10));
        }
    }

    @Test
    void saysThatNobodyAnswers() throws IOException {
        InetSocketAddress nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
        }

        assertThatThrownBy(() -> LoadGenerator.connect(nobody, 1, template(nobody, true)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nobody answers at")
                .hasMessageContaining(Integer.toString(nobody.getPort()));
    }

    @Test
    void saysWhichServerIsGone() throws IOException {
        StubServer server = new StubServer(200, 1);
        InetSocketAddress address = server.address();
        try (LoadGenerator generator = generator(server, 1, true)) {
            LoadResult unused = generator.run(numbers::getAndIncrement, Pace.CLOSED, Limit.requests(1));
            server.close();

            assertThatThrownBy(() -> generator.run(numbers::getAndIncrement, Pace.CLOSED, Limit.requests(5)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("nobody answers at")
                    .hasMessageContaining(Integer.toString(address.getPort()));
        }
    }

    private static LoadGenerator generator(StubServer server, int connections, boolean hasKey) throws IOException {
        return LoadGenerator.connect(server.address(), connections, template(server.address(), hasKey));
    }

    private static OrderTemplate template(InetSocketAddress address, boolean hasKey) {
        return OrderTemplate.of(address, "/orders", 2_048, hasKey, OptionalInt.empty());
    }
}

package dev.idem.benchmarks.http.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * Sends orders over a fixed number of connections from the caller's thread only. It shares the machine with the measured servers,
 * so it must cost little. Not thread-safe.
 */
public final class LoadGenerator implements AutoCloseable {
    private static final long PATIENCE = Duration.ofSeconds(10).toNanos();
    private static final long POLL_MS = 20;

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();

    private LoadGenerator(Selector selector) {
        this.selector = selector;
    }

    /** @throws IOException if the server does not respond */
    public static LoadGenerator connect(InetSocketAddress server, int connections, OrderTemplate template)
            throws IOException {
        LoadGenerator generator = new LoadGenerator(Selector.open());
        try {
            for (int i = 0; i < connections; i++) {
                generator.connections.add(new Connection(server, generator.selector, template));
            }
            return generator;
        } catch (IOException e) {
            generator.close();
            throw e;
        }
    }

    /**
     * Returns when all responses have arrived, or ten seconds after the last request was due.
     *
     * @param numbers of the orders to send
     * @throws IOException if a connection breaks and cannot be opened again
     */
    public LoadResult run(LongSupplier numbers, Pace pace, Limit limit) throws IOException {
        idle.clear();
        idle.addAll(connections);
        Run run = new Run(numbers, pace, limit, System.nanoTime());
        if (pace instanceof Pace.Open open) {
            try (Metronome metronome = new Metronome(selector, open, run.begin, limit.requests())) {
                metronome.start();
                return run.toEnd();
            }
        }
        return run.toEnd();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private final class Run {
        private final LongSupplier numbers;
        private final Pace pace;
        private final Limit limit;
        private final long time;
        private final long begin;
        private final Histogram latencies = LoadResult.histogram();
        private Tally tally = Tally.NONE;
        private long sent;
        private long lastAnswer;

        Run(LongSupplier numbers, Pace pace, Limit limit, long begin) {
            this.numbers = numbers;
            this.pace = pace;
            this.limit = limit;
            this.time = limit.time().toNanos();
            this.begin = begin;
            this.lastAnswer = begin;
        }

        LoadResult toEnd() throws IOException {
            while (true) {
                boolean more = sendDue();
                if (!more && idle.size() == connections.size()) {
                    break;
                }
                if (System.nanoTime() - Math.max(lastAnswer, begin + Math.min(time, lastDue())) > PATIENCE) {
                    giveUp();
                    break;
                }
                selector.select(POLL_MS);
                for (SelectionKey key : selector.selectedKeys()) {
                    proceed((Connection) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            return new LoadResult(Duration.ofNanos(Math.max(1, lastAnswer - begin)), latencies, tally);
        }

        private long lastDue() {
            return pace.due(Math.max(0, sent - 1), 0);
        }

        /** Sends the requests that are due on free connections. Returns false if no more will be due. */
        private boolean sendDue() throws IOException {
            while (sent < limit.requests()) {
                long elapsed = System.nanoTime() - begin;
                long due = pace.due(sent, elapsed);
                if (due >= time) {
                    return false;
                }
                if (due > elapsed || idle.isEmpty()) {
                    return true;
                }
                Connection connection = idle.pop();
                sent++;
                try {
                    connection.send(numbers.getAsLong(), begin + due);
                } catch (IOException broken) {
                    replace(connection);
                }
            }
            return false;
        }

        private void proceed(Connection connection) throws IOException {
            boolean wasBusy = connection.isBusy();
            try {
                if (connection.proceed()) {
                    lastAnswer = System.nanoTime();
                    latencies.recordValue(Math.min(LoadResult.LONGEST, Math.max(0, lastAnswer - connection.due())));
                    tally = tally.answered(connection.status(), connection.isReplay());
                    idle.push(connection);
                }
            } catch (IOException broken) {
                if (wasBusy) {
                    replace(connection);
                } else {
                    connection.reopen();
                }
            }
        }

        private void replace(Connection connection) throws IOException {
            tally = tally.withoutAnswer();
            connection.reopen();
            idle.push(connection);
        }

        private void giveUp() throws IOException {
            for (Connection connection : connections) {
                if (connection.isBusy()) {
                    replace(connection);
                }
            }
        }
    }
}

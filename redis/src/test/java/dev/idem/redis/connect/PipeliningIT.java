package dev.idem.redis.connect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.EphemeralRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/** Threads that send commands at the same time share connections, and nothing else. */
@Timeout(120)
class PipeliningIT {
    private static final Duration TIMEOUT = Duration.ofMillis(500);
    private static final int THREADS = 48;
    private static final int QUESTIONS = 200;
    private static final String UNKNOWN = "0".repeat(40);

    private final EphemeralRedis server = EphemeralRedis.start();
    private final UnifiedJedis redis = open();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private String echo = "";

    @BeforeEach
    void teach() {
        echo = redis.scriptLoad("return ARGV[1]", "");
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
        redis.close();
        server.close();
    }

    @Test
    void eachGetsTheReplyToWhatItAsked() throws Exception {
        all(thread -> {
            for (int i = 0; i < QUESTIONS; i++) {
                assertThat(ask(thread + "/" + i)).isEqualTo(thread + "/" + i);
            }
        });

        assertThat(clients(redis)).isLessThanOrEqualTo(PipeliningExecutor.CONNECTIONS + 1L);
    }

    @Test
    void largeAndSmallTravelTogether() throws Exception {
        all(thread -> {
            for (int i = 0; i < 10; i++) {
                String text = (thread + "/" + i + " ").repeat(thread % 3 == 0 ? 20_000 : 1);
                assertThat(ask(text)).isEqualTo(text);
            }
        });
    }

    @Test
    void closingEndsItsConnections() throws Exception {
        all(thread -> ask("once"));
        try (UnifiedJedis other = open()) {
            redis.close();

            Awaitility.await().until(() -> clients(other) == 1);
        }
    }

    @Test
    void anErrorIsOnlyForTheOneWhoMadeIt() throws Exception {
        all(thread -> {
            for (int i = 0; i < QUESTIONS; i++) {
                if (thread % 2 == 0) {
                    assertThat(ask(thread + "/" + i)).isEqualTo(thread + "/" + i);
                } else {
                    assertThatThrownBy(() -> redis.evalsha(UNKNOWN)).isInstanceOf(JedisNoScriptException.class);
                }
            }
        });
    }

    @Test
    void aServerThatHangsIsGivenUpByAllInTimeAndItsLateRepliesAreNobodys() throws Exception {
        server.pause();
        all(thread -> {
            long begun = System.nanoTime();
            assertThatThrownBy(() -> ask("lost " + thread)).isInstanceOf(JedisException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT.multipliedBy(4));
        });
        server.resume();

        all(thread -> {
            for (int i = 0; i < QUESTIONS; i++) {
                assertThat(ask(thread + "/" + i)).isEqualTo(thread + "/" + i);
            }
        });
    }

    @Test
    void aServerThatDiesFailsWhoAskedIt() throws Exception {
        AtomicInteger answered = new AtomicInteger();
        Future<?> asking = threads.submit(() -> all(thread -> {
            assertThatThrownBy(() -> {
                        while (true) {
                            assertThat(ask("of " + thread)).isEqualTo("of " + thread);
                            answered.incrementAndGet();
                        }
                    })
                    .isInstanceOf(JedisConnectionException.class);
        }));
        Awaitility.await().until(() -> answered.get() > QUESTIONS);

        server.kill();

        asking.get();
        server.restart();
        teach();
        assertThat(ask("again")).isEqualTo("again");
    }

    @Test
    void whoIsInterruptedGetsItsReplyAndStaysInterrupted() {
        Thread.currentThread().interrupt();

        String reply = ask("still");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(reply).isEqualTo("still");
    }

    @Test
    void whatBlocksHoldsNobodyUp() throws Exception {
        int blocked = PipeliningExecutor.CONNECTIONS * 2;
        List<Future<?>> blocking = new ArrayList<>();
        for (int i = 0; i < blocked; i++) {
            String list = "list " + i;
            blocking.add(threads.submit(() -> redis.blpop(30, list)));
        }
        Awaitility.await().until(() -> redis.info("clients").contains("blocked_clients:" + blocked));

        assertThat(ask("meanwhile")).isEqualTo("meanwhile");

        for (int i = 0; i < blocked; i++) {
            assertThat(redis.rpush("list " + i, "go")).isEqualTo(1);
            assertThat(blocking.get(i).get()).isNotNull();
        }
    }

    private String ask(String text) {
        return new String(
                (byte[]) redis.evalsha(echo.getBytes(UTF_8), List.of(), List.of(text.getBytes(UTF_8))), UTF_8);
    }

    private UnifiedJedis open() {
        return RedisConnections.open((RedisTarget.External) RedisTarget.parse(server.url(), null), TIMEOUT);
    }

    private static long clients(UnifiedJedis asking) {
        return asking.info("clients")
                .lines()
                .filter(line -> line.startsWith("connected_clients:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                .sum();
    }

    private interface Part {
        void run(int thread);
    }

    /** Runs the parts of all threads at the same time. */
    private Void all(Part part) throws Exception {
        List<Callable<Void>> parts = new ArrayList<>();
        for (int i = 0; i < THREADS - 1; i++) {
            int thread = i;
            parts.add(() -> {
                part.run(thread);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(parts)) {
            done.get();
        }
        return null;
    }
}

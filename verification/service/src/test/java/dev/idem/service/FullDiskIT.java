package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.verification.support.RandomForm;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both stores on a disk that becomes full, and has room again. Nightly, where a file system in memory may be mounted. */
final class FullDiskIT {
    private static final String USER = "test-ios@example.com";
    private static final String PASSWORD = "TestPassword123!";
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int AFTER_THE_FIRST_REFUSAL = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void nothingTakesEffectTwiceHealthSaysItAndRoomIsEnough() throws Exception {
        assumeTrue(RandomForm.asked().full(), "only with -Pnightly");
        try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"));
                ServiceProcess service = ServiceProcess.start(
                                directory, Map.of("DATA_DIR", disk.place("data").toString(), "DRAIN_DELAY", "0s"))
                        .awaitReady()) {
            Api api = service.api();
            String token = api.login(USER, PASSWORD);
            Map<String, Integer> sent = new LinkedHashMap<>();
            share(api, token, sent);
            assertThat(sent).containsValue(201);

            disk.fill();
            await().atMost(LONG).until(() -> share(api, token, sent) != 201);
            for (int i = 0; i < AFTER_THE_FIRST_REFUSAL; i++) {
                share(api, token, sent);
            }
            assertThat(sent.values()).containsOnly(201, 503);
            await().atMost(LONG)
                    .until(() -> service.admin().get("/healthcheck").body().contains("\"healthy\":false"));

            disk.makeRoom();
            for (String key : sent.keySet()) {
                await().atMost(LONG).until(() -> api.share(token, key, url(key)).statusCode() == 201);
            }
            await().atMost(LONG)
                    .until(() -> !service.admin().get("/healthcheck").body().contains("\"healthy\":false"));
            String all = api.get(token, "/api/v1/shares?limit=100").body();
            assertThat(sent.keySet()).allSatisfy(key -> assertThat(all.split(Pattern.quote(url(key)), -1))
                    .as("once")
                    .hasSize(2));
        }
    }

    private static String url(String key) {
        return "https://www.reddit.com/r/java/comments/" + key;
    }

    /** One more, with a new key; the status of its answer. */
    private static int share(Api api, String token, Map<String, Integer> sent) throws Exception {
        String key = UUID.randomUUID().toString();
        HttpResponse<String> answer = api.share(token, key, url(key));
        sent.put(key, answer.statusCode());
        return answer.statusCode();
    }

    /** A file system in memory, which is gone when it is closed. */
    private record SmallDisk(Path root) implements AutoCloseable {
        private static final String SIZE = "size=224m,mode=1777";
        private static final int BLOCK = 4096;

        static SmallDisk mount(Path root) throws IOException {
            Files.createDirectories(root);
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", root.toString()),
                    "no file system may be mounted here");
            return new SmallDisk(root);
        }

        Path place(String name) {
            return root.resolve(name);
        }

        /** To the last byte. */
        void fill() throws IOException {
            byte[] block = new byte[BLOCK];
            try (OutputStream ballast = Files.newOutputStream(ballast())) {
                while (true) {
                    ballast.write(block);
                }
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
            }
        }

        void makeRoom() throws IOException {
            Files.delete(ballast());
        }

        private Path ballast() {
            return root.resolve("ballast");
        }

        @Override
        public void close() {
            await().atMost(LONG).until(() -> run("umount", root.toString()));
        }

        private static boolean run(String... command) {
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
            } catch (IOException noSuchProgram) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}

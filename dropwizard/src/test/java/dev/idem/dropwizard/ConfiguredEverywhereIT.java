package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.dropwizard.body.UnprotectedBodyLimit;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.http.memory.BodyMemory;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All that depends on whether a method is protected goes by the configuration, too. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConfiguredEverywhereIT {
    private final TestService service;

    ConfiguredEverywhereIT(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(
                redis,
                database,
                "routes: [{ path: /uploads/protected }, { path: /uploads/off, protect: false }, { path: /loops/** }]",
                new Uploads(),
                new Loops(),
                new UnprotectedBodyLimit(new BodyMemory(1 << 20)));
    }

    @AfterAll
    void close() {
        service.close();
    }

    @ParameterizedTest
    @CsvSource({"/uploads/protected, 200", "/uploads/annotated, 200", "/uploads/off, 413", "/uploads/other, 413"})
    void onlyBodiesOfUnprotectedMethodsAreLimited(String path, int status) throws Exception {
        HttpRequest request = service.request(path)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(new byte[UnprotectedBodyLimit.LONGEST + 1]))
                .build();

        assertThat(service.send(request).statusCode()).isEqualTo(status);
    }

    /** Beyond a number of routes their names are not told apart, but their methods stay protected. */
    @Test
    void aMethodOfAnyNumberOfRoutesIsProtected() throws Exception {
        StringBuilder path = new StringBuilder("/loops");
        for (int i = 0; i < 70; i++) {
            path.append("/again");
            assertThat(service.post(path.toString(), UUID.randomUUID().toString())
                            .statusCode())
                    .isEqualTo(200);
        }
        String key = UUID.randomUUID().toString();
        HttpResponse<String> first = service.post(path.toString(), key);

        assertThat(service.post(path.toString(), key).body()).isEqualTo(first.body());
    }

    @Path("/uploads")
    public static final class Uploads {
        @POST
        @Path("protected")
        public int byPath(byte[] body) {
            return body.length;
        }

        @POST
        @Path("annotated")
        @Idempotent
        public int byAnnotation(byte[] body) {
            return body.length;
        }

        @POST
        @Path("off")
        @Idempotent
        public int off(byte[] body) {
            return body.length;
        }

        @POST
        @Path("other")
        public int other(byte[] body) {
            return body.length;
        }
    }

    @Path("/loops")
    public static final class Loops {
        private static final AtomicInteger COUNT = new AtomicInteger();

        @Path("again")
        public Object again() {
            return new Loops();
        }

        @POST
        public int post() {
            return COUNT.incrementAndGet();
        }
    }
}

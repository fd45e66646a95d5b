package dev.idem.dropwizard.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page prints this code, and it does what the page says. */
@ExtendWith(ServersExtension.class)
final class AtomicPageIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path EXAMPLE =
            ROOT.resolve("dropwizard/src/test/java/dev/idem/dropwizard/example/PaymentsApplication.java");

    @Test
    void thePagePrintsTheExampleAsItIs() throws Exception {
        String source = Files.readString(EXAMPLE);

        assertThat(Files.readString(ROOT.resolve("docs/atomic.md")))
                .contains("```java\n" + source.substring(source.indexOf("import ")) + "```");
    }

    @Test
    void aRepeatedPaymentIsBookedOnceAndARefusedOneNotAtAll(TestDatabase database) throws Exception {
        Jdbi books = Jdbi.create(database.jdbcUrl());
        books.useHandle(handle -> handle.createScript("""
                        CREATE TABLE accounts (name text PRIMARY KEY, cents bigint NOT NULL);
                        CREATE TABLE payments (id bigserial PRIMARY KEY, account text NOT NULL, cents bigint NOT NULL);
                        INSERT INTO accounts VALUES ('ann', 1000)""").execute());
        try (EphemeralRedis redis = EphemeralRedis.start()) {
            DropwizardTestSupport<PaymentsApplication.Settings> application = new DropwizardTestSupport<>(
                    PaymentsApplication.class,
                    (String) null,
                    ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                    ConfigOverride.config("server.adminConnectors[0].port", "0"),
                    ConfigOverride.config("redis", redis.url()),
                    ConfigOverride.config("database.driverClass", "org.postgresql.Driver"),
                    ConfigOverride.config("database.url", database.jdbcUrl()));
            application.before();
            try {
                String paid = UUID.randomUUID().toString();
                HttpResponse<String> first = pay(application.getLocalPort(), paid, 700);
                HttpResponse<String> repeat = pay(application.getLocalPort(), paid, 700);
                String refused = UUID.randomUUID().toString();
                HttpResponse<String> tooMuch = pay(application.getLocalPort(), refused, 301);

                assertThat(first.statusCode()).isEqualTo(201);
                assertThat(repeat.body()).isEqualTo(first.body());
                assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
                assertThat(tooMuch.statusCode()).isEqualTo(409);
                assertThat(pay(application.getLocalPort(), refused, 301).body()).isEqualTo(tooMuch.body());
                assertThat(number(books, "SELECT cents FROM accounts")).isEqualTo(300);
                assertThat(number(books, "SELECT count(*) FROM payments")).isEqualTo(1);
            } finally {
                application.after();
            }
        }
    }

    private static HttpResponse<String> pay(int port, String key, int cents) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/payments"))
                                .header("Idempotency-Key", key)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"account\":\"ann\",\"cents\":" + cents + "}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static int number(Jdbi books, String query) {
        return books.withHandle(
                handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }
}

package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Guessing passwords is slowed down. Each test has addresses of its own, in the header of the proxy at 127.0.0.1. */
@ExtendWith(ServersExtension.class)
final class LoginThrottleIT {
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static final String WRONG = "wrong password";

    private static RunningService service;
    private static Jdbi users;

    private final String place = anotherPlace();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        users = Tables.thereIn(database);
        service = new RunningService(
                redis,
                database,
                "auth.trustedProxies",
                "127.0.0.1,10.0.0.0/8",
                "server.applicationConnectors[0].useForwardedHeaders",
                "true");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static String anotherPlace() {
        int number = PLACES.incrementAndGet();
        return "198.51." + number / 256 + '.' + number % 256;
    }

    private static HttpResponse<String> login(Api port, String place, String email, String password) throws Exception {
        return port.send(port.request("/api/auth/login")
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", place)
                .POST(BodyPublishers.ofString(json(email, password)))
                .build());
    }

    private static String json(String email, String password) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("email", email)
                .put("password", password)
                .toString();
    }

    private static int status(String place, String email, String password) throws Exception {
        return login(service.api(), place, email, password).statusCode();
    }

    private static String somebody() {
        String email = UUID.randomUUID() + "@example.com";
        RunningService.addUser(users, email);
        return email;
    }

    /** Side by side, as each takes its time. */
    private List<Integer> failures(int times, IntFunction<String> email) {
        return IntStream.range(0, times)
                .parallel()
                .mapToObj(i -> {
                    try {
                        return status(place, email.apply(i), WRONG);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .toList();
    }

    @Test
    void aWrongLoginIsAProblemAndTheEleventhInAMinuteHasToWaitOnBothPorts() throws Exception {
        String email = somebody();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            statuses.add(login(i % 2 == 0 ? service.api() : service.admin(), place, email, WRONG)
                    .statusCode());
        }

        assertThat(statuses).containsOnly(401);
        for (Api port : new Api[] {service.api(), service.admin()}) {
            HttpResponse<String> eleventh = login(port, place, email, WRONG);
            assertThat(eleventh.statusCode()).isEqualTo(429);
            assertThat(eleventh.headers().firstValue("Retry-After").map(Integer::parseInt))
                    .hasValueSatisfying(seconds -> assertThat(seconds).isBetween(1, 60));
            assertThat(eleventh.body()).contains("/problems/too-many-requests");
        }
        assertThat(status(anotherPlace(), email, WRONG)).isEqualTo(401);
        assertThat(status(place, RunningService.ANN, RunningService.PASSWORD)).isEqualTo(200);
    }

    @Test
    void addressesThatNoDatabaseCanHoldAreWrongAndCount() throws Exception {
        for (String email : List.of("\0", "\uD800ann@example.com", "ann@example.com\uDC00")) {
            assertThat(status(place, email, RunningService.PASSWORD)).isEqualTo(401);
        }
        assertThat(failures(10, i -> "ann@example.com\0")).containsOnly(401);
        HttpResponse<String> eleventh = login(service.api(), place, "ann@example.com\0", RunningService.PASSWORD);

        assertThat(eleventh.statusCode()).isEqualTo(429);
        assertThat(eleventh.body()).contains("/problems/too-many-requests");
    }

    @Test
    void aPasswordMayHaveAnyCharacterAndIsWrong() throws Exception {
        HttpResponse<String> wrong = login(service.api(), place, RunningService.ANN, RunningService.PASSWORD + "\0");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("/problems/invalid-credentials");
    }

    @Test
    void aClientWhoIsNoTrustedProxyIsNotBelieved() throws Exception {
        String email = somebody();
        for (int i = 0; i < 10; i++) {
            assertThat(from("127.0.0.7", email, "X-Forwarded-For: " + anotherPlace()))
                    .startsWith("HTTP/1.1 401 ");
        }

        assertThat(from("127.0.0.7", email, "X-Forwarded-For: " + anotherPlace()))
                .startsWith("HTTP/1.1 429 ");
        assertThat(from("127.0.0.7", email, "Forwarded: for=" + anotherPlace())).startsWith("HTTP/1.1 429 ");
        assertThat(from("127.0.0.8", email, "X-Forwarded-For: " + place)).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void neitherASpellingOfTheAccountNorWhatAClientPutsBeforeAProxysWordMakesAnotherOfIt() throws Exception {
        String[] spellings = {"bob@example.com", "BOB@example.com", " Bob@Example.com", "bob@example.com\u2003"};
        for (int i = 0; i < 10; i++) {
            String said = anotherPlace() + ", " + place + ", 10.0.0." + i;
            assertThat(status(said, spellings[i % spellings.length], WRONG)).isEqualTo(401);
        }

        for (String spelling : spellings) {
            assertThat(status(anotherPlace() + ", " + place, spelling, RunningService.PASSWORD))
                    .isEqualTo(429);
        }
        assertThat(from("127.0.0.1", "bob@example.com", "Forwarded: for=192.0.2.1, for=\"" + place + ":80\""))
                .startsWith("HTTP/1.1 429 ");
        assertThat(status(anotherPlace(), "BOB@example.com", RunningService.PASSWORD))
                .isEqualTo(200);
    }

    /** By a connection that comes from this address of this machine. */
    private static String from(String address, String email, String header) throws Exception {
        byte[] body = json(email, WRONG).getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), service.support().getLocalPort()));
            socket.getOutputStream()
                    .write(("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

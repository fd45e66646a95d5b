package dev.idem.dropwizard.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Scope;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.http.decision.outcome.Outcome;
import io.dropwizard.testing.common.Resource;
import io.dropwizard.testing.junit5.ResourceExtension;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.glassfish.jersey.test.grizzly.GrizzlyTestContainerFactory;
import org.glassfish.jersey.test.grizzly.GrizzlyWebTestContainerFactory;
import org.glassfish.jersey.test.inmemory.InMemoryTestContainerFactory;
import org.glassfish.jersey.test.spi.TestContainerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource alone, in each container that Jersey has for tests. */
final class ResourcesTest {
    private static final String ONE = "8e03978e-40d5-43dd-bc93-6894a57f9324";
    private static final String TWO = "8e03978e-40d5-43dd-bc93-6894a57f9325";
    private static final String THREE = "8e03978e-40d5-43dd-bc93-6894a57f9326";
    private static final Map<String, String> ANN = Map.of("owner", "Ann");

    private final Accounts.OfParameter accounts = new Accounts.OfParameter();
    private InMemoryIdempotency idempotency = new InMemoryIdempotency();
    private ResourceExtension started = start(new InMemoryTestContainerFactory());

    static Stream<TestContainerFactory> containers() {
        return Stream.concat(Stream.of(new InMemoryTestContainerFactory()), servers());
    }

    static Stream<TestContainerFactory> servers() {
        return Stream.of(new GrizzlyTestContainerFactory(), new GrizzlyWebTestContainerFactory());
    }

    /** Authenticates who says who he is. */
    @Priority(Priorities.AUTHENTICATION)
    private static final class ByHeader implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            String name = request.getHeaderString("X-User");
            SecurityContext before = request.getSecurityContext();
            request.setSecurityContext(new SecurityContext() {
                @Override
                public @Nullable Principal getUserPrincipal() {
                    return name == null ? null : () -> name;
                }

                @Override
                public boolean isUserInRole(String role) {
                    return false;
                }

                @Override
                public boolean isSecure() {
                    return before.isSecure();
                }

                @Override
                public String getAuthenticationScheme() {
                    return "header";
                }
            });
        }
    }

    private ResourceExtension start(TestContainerFactory container) {
        return start(container, idempotency);
    }

    private ResourceExtension start(TestContainerFactory container, InMemoryIdempotency configured) {
        if (started != null) {
            stop();
        }
        idempotency = configured;
        started = Resource.builder()
                .setTestContainerFactory(container)
                .addProvider(idempotency)
                .addProvider(new ByHeader())
                .addResource(accounts)
                .addProvider(Accounts.Plain.class)
                .addProvider(Accounts.OfServlet.class)
                .addProvider(Accounts.OfField.class)
                .addProvider(Accounts.OfConstructor.class)
                .build();
        try {
            started.before();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        return started;
    }

    @AfterEach
    void stop() {
        try {
            started.after();
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Response open(@Nullable String user, String key, Map<String, String> account) {
        return started.target("/accounts")
                .request()
                .header("X-User", user)
                .header("Idempotency-Key", key)
                .post(Entity.json(account));
    }

    private String post(String path, String key) {
        return started.target(path).request().header("Idempotency-Key", key).post(Entity.text(""), String.class);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void itIsTheSameLayer(TestContainerFactory container) {
        start(container);
        Response first = open("ann", ONE, ANN);
        Response repeat = open("ann", ONE, ANN);

        assertThat(first.getStatus()).isEqualTo(201);
        assertThat(first.readEntity(String.class)).contains(ONE, "\"attempt\":1");
        assertThat(repeat.getStatus()).isEqualTo(201);
        assertThat(repeat.getHeaderString("X-Call")).isEqualTo("1");
        assertThat(repeat.getHeaderString("Idempotent-Replayed")).isEqualTo("true");
        Response other = open("ann", ONE, Map.of("owner", "Bob"));
        assertThat(other.getStatus()).isEqualTo(422);
        assertThat(other.readEntity(String.class)).contains("/problems/key-reused");
        assertThat(open("bob", ONE, ANN).getHeaderString("X-Call")).isEqualTo("2");
        assertThat(open(null, ONE, ANN).getStatus()).isEqualTo(401);
        assertThat(idempotency.executions()).isEqualTo(2);
        assertThat(idempotency.count(Outcome.KEY_REUSED)).isEqualTo(1);
        assertThat(idempotency.records()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("containers")
    void aFieldAndAConstructorGetTheirRequestsContext(TestContainerFactory container) {
        start(container);

        assertThat(post("/by-field", ONE)).startsWith(ONE).isEqualTo(post("/by-field", ONE));
        assertThat(post("/by-constructor", TWO)).startsWith(TWO).isEqualTo(post("/by-constructor", TWO));
        assertThat(post("/by-field", THREE)).startsWith(THREE);
    }

    /** Jersey's container in memory suspends nothing. */
    @ParameterizedTest
    @MethodSource("servers")
    void aLateAnswerIsStored(TestContainerFactory container) throws Exception {
        start(container);
        Response timeout = later();
        AsyncResponse work = accounts.suspended.poll(5, TimeUnit.SECONDS);
        assertThat(timeout.getStatus()).isEqualTo(503);
        assertThat(idempotency.answer(ONE)).isEmpty();

        assertThat(work.resume("done")).isFalse();

        await().untilAsserted(() -> assertThat(later().readEntity(String.class)).isEqualTo("done"));
    }

    private Response later() {
        return started.target("/accounts/later")
                .request()
                .header("Idempotency-Key", ONE)
                .post(Entity.json("{}"));
    }

    @Test
    void underAServletItsOwnObjectsAreCaptured() {
        start(new GrizzlyWebTestContainerFactory());

        for (int i = 0; i < 2; i++) {
            Response response = started.target("/servlet")
                    .request()
                    .header("Idempotency-Key", ONE)
                    .post(Entity.text("raw"));
            assertThat(response.getStatus()).isEqualTo(202);
            assertThat(response.getHeaderString("X-Direct")).isEqualTo("yes");
            assertThat(response.readEntity(String.class)).isEqualTo("raw");
        }
        assertThat(idempotency.executions()).isEqualTo(1);
    }

    @Test
    void aPolicyIsWrittenAsInAFile() {
        start(
                new InMemoryTestContainerFactory(),
                new InMemoryIdempotency().configured("policy: { keyRequired: true }"));

        assertThat(started.target("/by-field").request().post(Entity.text("")).getStatus())
                .isEqualTo(400);
        assertThatThrownBy(() -> new InMemoryIdempotency().configured("policy: { ttl: never }"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy.ttl");
    }

    @Test
    void aPathIsProtectedByConfigurationAlone() {
        start(
                new InMemoryTestContainerFactory(),
                new InMemoryIdempotency().configured("routes: [{ path: /plain, anonymous: true }]"));

        assertThat(post("/plain", ONE)).isEqualTo(post("/plain", ONE));
    }

    @Test
    void scopesAreTheTestsChoice() {
        ScopeResolver everybody = request -> Optional.of(new Scope("tenant:1"));
        start(new InMemoryTestContainerFactory(), new InMemoryIdempotency().scopes(everybody));

        open("ann", ONE, ANN);

        assertThat(open("bob", ONE, ANN).getHeaderString("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void aRepeatTakesOverFromAnOwnerThatHasDied() {
        idempotency.killNextOwner();
        String first = open("ann", ONE, ANN).readEntity(String.class);
        assertThat(idempotency.answer(ONE)).isEmpty();

        String second = open("ann", ONE, ANN).readEntity(String.class);

        assertThat(second).isEqualTo(first.replace("\"attempt\":1", "\"attempt\":2"));
        assertThat(idempotency.answer(ONE)).isPresent();
        assertThat(open("ann", ONE, ANN).getHeaderString("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void anUnavailableStoreRefusesWhereThePolicySaysSo() {
        start(
                new InMemoryTestContainerFactory(),
                new InMemoryIdempotency().configured("policy: { onStoreFailure: closed }"));
        idempotency.makeUnavailable();
        assertThat(open("ann", ONE, ANN).getStatus()).isEqualTo(503);
        assertThat(idempotency.executions()).isZero();

        idempotency.makeAvailable();

        assertThat(open("ann", ONE, ANN).getHeaderString("X-Call")).isEqualTo("1");
    }

    @Test
    void anAnswerOfTheOutageIsStoredAfterIt() {
        idempotency.makeUnavailable();
        assertThat(open("ann", ONE, ANN).getStatus()).isEqualTo(201);
        assertThat(open("ann", ONE, ANN).getHeaderString("X-Call")).isEqualTo("1");

        idempotency.makeAvailable();

        assertThat(open("ann", ONE, ANN).getHeaderString("X-Call")).isEqualTo("1");
        assertThat(idempotency.executions()).isEqualTo(1);
    }

    @Test
    void timePassesWhenTheTestSaysSo() {
        open("ann", ONE, ANN);
        idempotency.advance(Duration.ofDays(30));

        assertThat(idempotency.record(ONE)).isEmpty();
        assertThat(open("ann", ONE, ANN).getHeaderString("X-Call")).isEqualTo("2");
    }

    @Test
    void whatIsClearedIsForgotten() {
        open("ann", ONE, ANN);
        idempotency.killNextOwner();
        idempotency.makeUnavailable();

        idempotency.clear();

        assertThat(idempotency.records()).isEmpty();
        assertThat(idempotency.executions()).isZero();
        open("ann", ONE, ANN);
        assertThat(idempotency.answer(ONE)).isPresent();
    }

    @Test
    void aStartBeginsWithoutRecords() {
        open("ann", ONE, ANN);
        start(new InMemoryTestContainerFactory());

        assertThat(idempotency.records()).isEmpty();
    }

    @Test
    void noThreadIsLeft() {
        open("ann", ONE, ANN);
        open("ann", ONE, ANN);
        stop();

        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("idempotency")));
    }
}

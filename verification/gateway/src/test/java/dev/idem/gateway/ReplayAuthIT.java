package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whose key it is by a token, and who is told of an earlier request. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class ReplayAuthIT {
    private static final String SECRET = "a secret of the upstream's, 32 bytes or more";
    private static Upstream upstream;
    private static GatewayService service;
    private static Caller client;

    private final String key = UUID.randomUUID().toString();
    private volatile int meStatus = 200;
    private volatile String me = "me";

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        service = new GatewayService(redis, database, """
                - { prefix: /probed, upstream: "%1$s", replayAuth: probe, replayAuthPath: /me, policy: { maxStoredBody: 1KiB } }
                - { prefix: /by-claim, upstream: "%1$s", scope: { jwtClaim: sub }, jwt: { secret: "%2$s" }, replayAuth: jwt }
                - { prefix: /everybody, upstream: "%1$s", scope: none, replayAuth: jwt, jwt: { secret: "%2$s", issuer: us } }
                """.formatted(upstream.url(), SECRET));
        client = Caller.of(service.port());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        upstream.close();
    }

    @BeforeEach
    void answerWhoAsks() {
        upstream.will((asked, response, callback) -> {
            if (asked.target().equals("/me")) {
                response.setStatus(meStatus);
                Upstream.write(response, me, callback);
            } else {
                upstream.created(asked, response, callback);
            }
        });
    }

    private HttpResponse<String> post(String path, String authorization) throws Exception {
        return client.send(client.to(path)
                .header("Authorization", authorization)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    private static String token(String subject, Instant expiry, String secret) {
        return "Bearer "
                + JWT.create().withSubject(subject).withExpiresAt(expiry).sign(Algorithm.HMAC256(secret));
    }

    private static Instant later() {
        return Instant.now().plusSeconds(600);
    }

    @Test
    void theUpstreamIsAskedBeforeAReplay() throws Exception {
        post("/probed", "Bearer ann");
        int before = upstream.asked().size();
        HttpResponse<String> repeat = post("/probed", "Bearer ann");

        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(upstream.asked()).hasSize(before + 1);
        assertThat(upstream.lastAsked().target()).isEqualTo("/me");
        assertThat(upstream.lastAsked().header("Authorization")).isEqualTo("Bearer ann");
        assertThat(upstream.lastAsked().header("Idempotency-Key")).isEmpty();
    }

    @Test
    void whomTheUpstreamTurnsAwayIsToldNothing() throws Exception {
        post("/probed", "Bearer ann");
        meStatus = 401;
        HttpResponse<String> revoked = post("/probed", "Bearer ann");

        assertThat(revoked.statusCode()).isEqualTo(401);
        assertThat(revoked.body()).isEqualTo("me");
        assertThat(revoked.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void anUpstreamThatDoesNotSayLetsNothingOut() throws Exception {
        post("/probed", "Bearer ann");
        meStatus = 500;
        HttpResponse<String> unknown = post("/probed", "Bearer ann");

        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.body()).contains("/problems/authorisation-unknown").doesNotContain("order", key);
    }

    @Test
    void howMuchAnUpstreamSaysOfACallerDoesNotMatter() throws Exception {
        post("/probed", "Bearer ann");
        me = "m".repeat(5_000);
        for (int i = 0; i < 12; i++) {
            assertThat(post("/probed", "Bearer ann").statusCode()).isEqualTo(201);
        }
    }

    @Test
    void aRefusalThatIsTooLongToBeGivenIsNoFailureOfTheUpstream() throws Exception {
        post("/probed", "Bearer ann");
        meStatus = 403;
        me = "m".repeat(5_000);
        for (int i = 0; i < 12; i++) {
            assertThat(post("/probed", "Bearer ann").body()).contains("/problems/authorisation-unknown");
        }
        meStatus = 200;

        assertThat(post("/probed", "Bearer ann").statusCode()).isEqualTo(201);
    }

    @Test
    void aReuseIsNotRevealedEither() throws Exception {
        post("/probed", "Bearer ann");
        meStatus = 403;
        HttpResponse<String> reused = client.send(client.to("/probed")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("other"))
                .build());

        assertThat(reused.statusCode()).isEqualTo(403);
    }

    @Test
    void aNewTokenOfTheSameSubjectIsTheSameCaller() throws Exception {
        HttpResponse<String> first = post("/by-claim", token("ann", later(), SECRET));
        HttpResponse<String> repeat = post("/by-claim", token("ann", later().plusSeconds(60), SECRET));
        HttpResponse<String> ofBob = post("/by-claim", token("bob", later(), SECRET));

        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(ofBob.body()).isNotEqualTo(first.body());
    }

    @Test
    void aTokenThatIsNotBelievedIsNobodys() throws Exception {
        int before = upstream.asked().size();

        assertThat(post("/by-claim", token("ann", Instant.now().minusSeconds(60), SECRET))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/by-claim", token("ann", later(), "another secret, of 32 bytes or more too"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/by-claim", "Basic YTpi").statusCode()).isEqualTo(401);
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void anExpiredTokenGetsNoReplay() throws Exception {
        HttpResponse<String> first = post("/everybody", "Bearer whatever");
        HttpResponse<String> repeat = post("/everybody", token("ann", later(), SECRET)); // not of this issuer

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(repeat.statusCode()).isEqualTo(401);
        assertThat(repeat.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
}

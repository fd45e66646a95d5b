package dev.idem.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AccessTokensTest {
    private static final String SECRET = "a secret that only this test has, 32 bytes";
    private static final Algorithm OURS = Algorithm.HMAC256(SECRET);

    private final AccessTokens tokens = new AccessTokens(SECRET, Duration.ofHours(1));

    @Test
    void aTokenNamesItsUser() {
        UUID ann = UUID.randomUUID();

        assertThat(tokens.verify(tokens.issue(ann))).contains(ann);
    }

    @ParameterizedTest
    @MethodSource
    void anythingElseIsRefused(String token) {
        assertThat(tokens.verify(token)).isEmpty();
    }

    static Stream<String> anythingElseIsRefused() {
        return Stream.of(
                good().withIssuer("another").sign(OURS),
                good().withAudience("another").sign(OURS),
                good().withSubject("not a uuid").sign(OURS),
                good().withExpiresAt(Instant.now().minusSeconds(5)).sign(OURS),
                JWT.create()
                        .withIssuer("idem")
                        .withAudience("idem-api")
                        .withSubject(UUID.randomUUID().toString())
                        .sign(OURS),
                good().sign(Algorithm.HMAC256("another secret, of which nobody knows anything")),
                good().sign(Algorithm.HMAC512(SECRET)),
                good().sign(Algorithm.none()),
                "nonsense");
    }

    private static JWTCreator.Builder good() {
        return JWT.create()
                .withIssuer("idem")
                .withAudience("idem-api")
                .withSubject(UUID.randomUUID().toString())
                .withExpiresAt(Instant.now().plusSeconds(60));
    }
}

package dev.idem.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTokensTest {
    private static final String SECRET = "a secret that only this test has, 32 bytes";
    private static final Algorithm OURS = Algorithm.HMAC256(SECRET);
    private static final Algorithm STRANGERS = Algorithm.HMAC256("another secret, of which nobody knows anything");

    private final AccessTokens tokens = new AccessTokens(SECRET, Duration.ofHours(1));

    @Test
    void aTokenNamesItsUser() {
        UUID ann = UUID.randomUUID();

        assertThat(tokens.verify(tokens.issue(ann)).map(AccessTokens.Holder::user))
                .contains(ann);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 0, 2, 58})
    void aClockThatIsAMinuteAheadIsBelieved(long seconds) {
        Instant then = Instant.now().plusSeconds(seconds);

        assertThat(tokens.verify(good().withIssuedAt(then).withNotBefore(then).sign(OURS)))
                .isPresent();
    }

    @Test
    void aTokenLastsUntilItsEnd() {
        Instant end = Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS);

        assertThat(tokens.verify(good().withExpiresAt(end).sign(OURS)).map(AccessTokens.Holder::end))
                .contains(end);
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
                good().withExpiresAt(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                        .sign(OURS),
                good().withNullClaim("exp").sign(OURS),
                good().withClaim("exp", "never").sign(OURS),
                good().withClaim("exp", Long.MAX_VALUE).sign(OURS),
                good().withClaim("exp", Long.MAX_VALUE).sign(STRANGERS),
                good().withNullClaim("sub").sign(OURS),
                good().withNullClaim("iss").sign(OURS),
                good().withIssuedAt(Instant.now().plusSeconds(120)).sign(OURS),
                good().withNotBefore(Instant.now().plusSeconds(120)).sign(OURS),
                JWT.create()
                        .withIssuer("idem")
                        .withAudience("idem-api")
                        .withSubject(UUID.randomUUID().toString())
                        .sign(OURS),
                good().sign(STRANGERS),
                good().sign(Algorithm.HMAC512(SECRET)),
                good().sign(Algorithm.none()),
                "bnVsbA.bnVsbA.", // a header and a payload of null
                "e30.bnVsbA.e30",
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

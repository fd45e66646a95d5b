package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that a public key verifies, as an identity provider signs them. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class TokenKeysIT {
    @TempDir
    private static Path directory = Path.of("");

    private static KeyPair rsa;
    private static KeyPair ec;
    private static Upstream upstream;
    private static GatewayService service;
    private static Caller client;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        KeyPairGenerator forRsa = KeyPairGenerator.getInstance("RSA");
        forRsa.initialize(2048);
        rsa = forRsa.generateKeyPair();
        KeyPairGenerator forEc = KeyPairGenerator.getInstance("EC");
        forEc.initialize(new ECGenParameterSpec("secp256r1"));
        ec = forEc.generateKeyPair();
        upstream = new Upstream();
        service = new GatewayService(redis, database, """
                - { prefix: /rsa, upstream: "%1$s", scope: { jwtClaim: sub }, jwt: { publicKey: "%2$s" } }
                - { prefix: /ec, upstream: "%1$s", scope: { jwtClaim: sub }, jwt: { publicKey: "%3$s" } }
                """.formatted(
                        upstream.url(),
                        Files.writeString(directory.resolve("rsa.pem"), pem(rsa.getPublic())),
                        pem(ec.getPublic()).replace("\n", "\\n")));
        client = Caller.of(service.port());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        upstream.close();
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static Algorithm byRsa() {
        return Algorithm.RSA256(null, (RSAPrivateKey) rsa.getPrivate());
    }

    private static Algorithm byEc() {
        return Algorithm.ECDSA256(null, (ECPrivateKey) ec.getPrivate());
    }

    private HttpResponse<String> post(String path, String subject, Algorithm signedBy) throws Exception {
        String token = JWT.create()
                .withSubject(subject)
                .withJWTId(UUID.randomUUID().toString())
                .withExpiresAt(Instant.now().plusSeconds(600))
                .sign(signedBy);
        return client.send(client.to(path)
                .header("Authorization", "Bearer " + token)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{}"))
                .build());
    }

    @Test
    void anRsaKeyInAFileSaysWhoseKeyItIs() throws Exception {
        assertThat(post("/rsa", "ann", byRsa()).body())
                .isEqualTo(post("/rsa", "ann", byRsa()).body())
                .isNotEqualTo(post("/rsa", "bob", byRsa()).body());
    }

    @Test
    void anEllipticKeyInTheConfigurationDoesAsWell() throws Exception {
        assertThat(post("/ec", "ann", byEc()).body())
                .isEqualTo(post("/ec", "ann", byEc()).body())
                .isNotEqualTo(post("/ec", "bob", byEc()).body());
    }

    @Test
    void anotherKeysTokenIsNotBelieved() throws Exception {
        KeyPairGenerator other = KeyPairGenerator.getInstance("RSA");
        other.initialize(2048);
        Algorithm stranger =
                Algorithm.RSA256(null, (RSAPrivateKey) other.generateKeyPair().getPrivate());

        assertThat(post("/rsa", "ann", stranger).statusCode()).isEqualTo(401);
        assertThat(post("/ec", "ann", byRsa()).statusCode()).isEqualTo(401);
    }

    /** A public key is no secret: a token signed with it as a secret is not valid. */
    @Test
    void theAlgorithmIsTheKeysAndNotTheTokens() throws Exception {
        byte[] known = pem(rsa.getPublic()).getBytes(StandardCharsets.US_ASCII);

        assertThat(post("/rsa", "ann", Algorithm.HMAC256(known)).statusCode()).isEqualTo(401);
        assertThat(post("/rsa", "ann", Algorithm.HMAC256(rsa.getPublic().getEncoded()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/rsa", "ann", Algorithm.none()).statusCode()).isEqualTo(401);
    }
}

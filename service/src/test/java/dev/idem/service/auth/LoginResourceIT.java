package dev.idem.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Role;
import dev.idem.accounts.Users;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.service.address.AddressLiteral;
import dev.idem.service.address.ClientAddresses;
import dev.idem.service.address.TrustedProxies;
import dev.idem.service.auth.LoginResource.Credentials;
import dev.idem.service.stores.ServiceTables;
import java.time.Duration;
import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

/** What a hundred failures lead to; hashing as many passwords takes too long, so that all but the last are put down at once. */
@ExtendWith(ServersExtension.class)
final class LoginResourceIT {
    private static final String ANN = "ann@example.com";
    private static final String PASSWORD = "correct horse battery";

    private final LoginThrottle throttle = new LoginThrottle(InstantSource.system());
    private LoginResource resource;

    @BeforeEach
    void connect(TestDatabase database) {
        PGSimpleDataSource tables = source(database.filledOnce(
                        "tables", url -> ServiceTables.in(source(url)).update())
                .jdbcUrl());
        Users users = new Users(Jdbi.create(tables), new PasswordHasher());
        users.add(ANN, PASSWORD, Role.USER);
        resource = new LoginResource(
                users,
                new AccessTokens("a secret that only this test has, 32 bytes", Duration.ofHours(1)),
                new ClientAddresses(TrustedProxies.NONE),
                throttle);
    }

    private static PGSimpleDataSource source(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source;
    }

    private int login(String email, String password, String address) throws InterruptedException {
        try {
            var unused = resource.login(
                    new Credentials(email, password),
                    AddressLiteral.read(address).orElseThrow());
            return 200;
        } catch (ProblemException refused) {
            return refused.getResponse().getStatus();
        }
    }

    private void failed(String email, String address) {
        throttle.failed(LoginAttempt.of(email, AddressLiteral.read(address).orElseThrow()));
    }

    @Test
    void aHundredFailuresOfANetworkWithDifferentAccountsCountAndASuccessForgivesNone() throws Exception {
        for (int i = 0; i < 99; i++) {
            failed("account " + i, "2001:db8:1:1:" + i + "::1");
        }
        assertThat(login(ANN, PASSWORD, "2001:db8:1:1::a")).isEqualTo(200);
        assertThat(login("eve@example.com", PASSWORD, "2001:db8:1:1::b")).isEqualTo(401);

        assertThat(login(ANN, PASSWORD, "2001:db8:1:1:ffff::c")).isEqualTo(429);
        assertThat(login(ANN, PASSWORD, "2001:db8:1:2::a")).isEqualTo(200);
    }

    @Test
    void guessesFromManyPlacesAreSlowedAndLockNobodyOutOfWhereTheyHaveBeen() throws Exception {
        assertThat(login(ANN, PASSWORD, "192.0.2.1")).isEqualTo(200);
        for (int i = 0; i < 99; i++) {
            failed(ANN, "203.0.113." + i);
        }
        assertThat(login("ANN@example.com", "wrong password", "203.0.113.99")).isEqualTo(401);

        assertThat(login(ANN, PASSWORD, "192.0.2.2")).isEqualTo(429);
        assertThat(login(ANN, PASSWORD, "192.0.2.1")).isEqualTo(200);
    }

    @Test
    void aLoginThatSucceedsIsNotCounted() throws Exception {
        for (int i = 0; i < 9; i++) {
            failed(ANN, "192.0.2.9");
        }

        assertThat(login(ANN, PASSWORD, "192.0.2.9")).isEqualTo(200);
        assertThat(login(ANN, PASSWORD, "192.0.2.9")).isEqualTo(200);
        failed(ANN, "192.0.2.9");
        assertThat(login(ANN, PASSWORD, "192.0.2.9")).isEqualTo(429);
    }
}

package dev.idem.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions of two factories are one transaction. */
@EnabledIfSystemProperty(named = "test.form", matches = "full")
@ExtendWith(ServersExtension.class)
final class TwoFactoriesIT {

    @Test
    void theirDaosWriteBothOrNothing(TestRedis redis, TestDatabase database) throws Exception {
        try (Shop shop = new Shop(redis, database, TwoFactories::new)) {
            HttpResponse<String> first = shop.post("/both/fine", "11111111-1111-4111-8111-111111111111");
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(shop.post("/both/fine", "11111111-1111-4111-8111-111111111111")
                            .body())
                    .isEqualTo(first.body());
            assertThat(shop.purchases("fine")).isEqualTo(2);

            assertThat(shop.post("/both/refused/refuses", "22222222-2222-4222-8222-222222222222")
                            .statusCode())
                    .isEqualTo(409);
            assertThat(shop.purchases("refused")).isZero();
        }
    }

    @Test
    void aParameterThatCouldBeEitherStopsTheStart(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> new Shop(redis, database, TwoFactories.Ambiguous::new).close())
                .hasStackTraceContaining("takes org.hibernate.Session, and each transaction has 2 of them:"
                        + " use the one of its factory, getCurrentSession()");
    }
}

package dev.idem.gateway.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeepAliveTest {
    private static final Duration FOUR_SECONDS = Duration.ofSeconds(4);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timeout=5|4000",
                "timeout=4|3000",
                "timeout=2|1000",
                "timeout=1|500",
                "timeout=0|0",
                "timeout=75|4000",
                "max=100, timeout=3|2000",
                "TIMEOUT = 3, max=1|2000",
                "timeout=\"3\"|2000",
                "x-timeout=1|4000",
                "timeout=|4000",
                "timeout=-1|4000",
                "timeout=99999999999999999999|4000",
                "yes|4000"
            })
    void itIsLessThanTheUpstreamSays(String said, long millis) {
        HttpFields answer = HttpFields.build().put("Keep-Alive", said);

        assertThat(KeepAlive.of(answer, FOUR_SECONDS)).isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void itIsTheRoutesWhereTheUpstreamSaysNothing() {
        assertThat(KeepAlive.of(HttpFields.EMPTY, FOUR_SECONDS)).isEqualTo(FOUR_SECONDS);
    }
}

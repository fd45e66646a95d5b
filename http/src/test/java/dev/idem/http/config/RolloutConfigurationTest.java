package dev.idem.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.rollout.Percentage;
import dev.idem.core.rollout.RolloutSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutConfigurationTest {

    @Test
    void whatIsLeftOutMeansEveryone() throws Exception {
        RolloutConfiguration rollout = read("{}");

        assertThat(rollout).isEqualTo(RolloutConfiguration.EVERYONE);
        assertThat(rollout.settings()).isEqualTo(RolloutSettings.EVERYONE);
    }

    @Test
    void theDocumentedRolloutIsRead() throws Exception {
        RolloutConfiguration rollout = read("{ percent: 100, platforms: [], shadow: false }");

        assertThat(rollout.settings()).isEqualTo(RolloutSettings.EVERYONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void aPercentageIsRead(int percent) throws Exception {
        assertThat(read("percent: " + percent).settings().all().percentage()).isEqualTo(new Percentage(percent * 100));
    }

    @Test
    void platformsAreReadInAnyCase() throws Exception {
        assertThat(read("platforms: [iOS, ANDROID, ios]")
                        .settings()
                        .all()
                        .platforms()
                        .names())
                .containsExactlyInAnyOrder("ios", "android");
    }

    @ParameterizedTest
    @CsvSource({
        "percent: -1, rollout.percent must be 0 to 100",
        "percent: 101, rollout.percent must be 0 to 100",
        "percent: most, percent",
        "percent: 0.001, rollout.percent must have at most two decimals",
        "platforms: [a b], rollout.platforms must be words",
        "platforms: {}, platforms",
        "percentage: 5, Unrecognized field at: percentage",
    })
    void aWrongValueStopsTheStartAndIsNamed(String yaml, String message) {
        new Yaml(yaml).assertRefused(RolloutConfiguration.class, message);
    }

    private static RolloutConfiguration read(String yaml) throws Exception {
        return new Yaml(yaml).as(RolloutConfiguration.class);
    }
}

package dev.idem.dropwizard.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutConfigurationTest {

    @Test
    void whatIsLeftOutMeansEveryone() throws Exception {
        RolloutConfiguration rollout = read("{}");

        assertThat(rollout).isEqualTo(RolloutConfiguration.EVERYONE);
        assertThat(rollout.percentOrDefault()).isEqualTo(100);
        assertThat(rollout.platformsOrDefault()).isEmpty();
    }

    @Test
    void theDocumentedRolloutIsRead() throws Exception {
        RolloutConfiguration rollout = read("{ percent: 100, platforms: [], shadow: false }");

        assertThat(rollout.percentOrDefault()).isEqualTo(100);
        assertThat(rollout.platformsOrDefault()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100})
    void aPercentageIsRead(int percent) throws Exception {
        assertThat(read("percent: " + percent).percentOrDefault()).isEqualTo(percent);
    }

    @Test
    void platformsAreReadInAnyCase() throws Exception {
        assertThat(read("platforms: [iOS, ANDROID, ios]").platformsOrDefault())
                .containsExactlyInAnyOrder("ios", "android");
    }

    @ParameterizedTest
    @CsvSource({
        "percent: -1, rollout.percent must be 0 to 100",
        "percent: 101, rollout.percent must be 0 to 100",
        "percent: most, percent",
        "shadow: true, rollout.shadow must be false",
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

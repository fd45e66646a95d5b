package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Scope;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutTest {
    private static final Scope SCOPE = new Scope("user:1");
    private static final List<Scope> SCOPES =
            IntStream.range(0, 10_000).mapToObj(i -> new Scope("user:" + i)).toList();

    @Test
    void whoIsInStaysInAtEveryHigherPercentage() {
        for (int percent = 0; percent < 100; percent++) {
            assertThat(Set.copyOf(included(percent + 1)).containsAll(included(percent)))
                    .as("%d %%", percent)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 25, 50, 90, 99})
    void aboutTheShareAskedForIsIn(int percent) {
        assertThat(included(percent).size() / (SCOPES.size() / 100.0)).isBetween(percent - 2.0, percent + 2.0);
    }

    @Test
    void nobodyIsInAtZeroAndEverybodyAtAHundred() {
        assertThat(included(0)).isEmpty();
        assertThat(included(100)).hasSameSizeAs(SCOPES);
    }

    @Test
    void nobodyIsInWhenItIsOff() {
        assertThat(new Rollout(false, 100, Set.of()).includes(SCOPE, "ios")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ios", "iOS", "IOS"})
    void aPlatformIsKnownInAnyCase(String platform) {
        assertThat(new Rollout(true, 100, Set.of("ios", "web")).includes(SCOPE, platform))
                .isTrue();
    }

    @Test
    void otherPlatformsAndClientsThatDoNotSayTheirsAreOut() {
        Rollout ios = new Rollout(true, 100, Set.of("ios"));

        assertThat(ios.includes(SCOPE, "android")).isFalse();
        assertThat(ios.includes(SCOPE, null)).isFalse();
    }

    @Test
    void everyPlatformIsInWhenNoneIsNamed() {
        Rollout all = new Rollout(true, 100, Set.of());

        assertThat(all.includes(SCOPE, "android")).isTrue();
        assertThat(all.includes(SCOPE, null)).isTrue();
    }

    private static List<Scope> included(int percent) {
        Rollout rollout = new Rollout(true, percent, Set.of());
        return SCOPES.stream().filter(scope -> rollout.includes(scope, null)).toList();
    }
}

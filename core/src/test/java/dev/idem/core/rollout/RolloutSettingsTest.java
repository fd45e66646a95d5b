package dev.idem.core.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.record.Scope;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RolloutSettingsTest {
    private static final Scope ANN = new Scope("user:ann");
    private static final String ROUTE = "POST /orders";

    @Test
    void nobodyIsInAtZeroAndEverybodyAtAHundred() {
        assertThat(new Percentage(0).includes(ANN)).isFalse();
        assertThat(Percentage.ALL.includes(ANN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.01", "100.01", "1e999999999", "-1e999999999", "0.001", "1e-999999999"})
    void aPercentageThatIsNoneIsRefusedAtOnce(String percent) {
        assertThatThrownBy(() -> Percentage.of(new BigDecimal(percent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("percent must");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.01", "12.5", "100"})
    void aPercentageIsShownAsItWasWritten(String percent) {
        assertThat(Percentage.of(new BigDecimal(percent))).hasToString(percent);
    }

    @Test
    void aPlatformIsKnownInAnyCaseAndOthersAreOut() {
        RolloutRule ios = new RolloutRule(true, Percentage.ALL, Platforms.of(List.of("iOS")), false);

        assertThat(ios.includes(ANN, () -> "IOS")).isTrue();
        assertThat(ios.includes(ANN, () -> "android")).isFalse();
        assertThat(ios.includes(ANN, () -> "")).isFalse();
    }

    @Test
    void aRouteDiffersInWhatItSaysOnly() {
        RolloutSettings settings = new RolloutDocument(
                        true,
                        BigDecimal.TEN,
                        List.of("ios"),
                        false,
                        Map.of(ROUTE, new RolloutDocument.Route(null, BigDecimal.ONE, null, true)))
                .settings();

        assertThat(settings.rule(ROUTE))
                .isEqualTo(new RolloutRule(true, new Percentage(100), Platforms.of(List.of("ios")), true));
        assertThat(settings.rule("POST /other")).isEqualTo(settings.all());
    }

    /** JSON may have one. */
    @Test
    void aPlatformThatIsNullIsRefusedForAllAndForOneRoute() {
        List<String> platforms = Arrays.asList("ios", null);
        RolloutDocument.Route route = new RolloutDocument.Route(null, null, platforms, null);

        assertThatThrownBy(() -> new RolloutDocument(true, null, platforms, null, null).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("platforms must be words");
        assertThatThrownBy(() -> new RolloutDocument(true, null, null, null, Map.of(ROUTE, route)).settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("platforms must be words");
    }

    @Test
    void noRouteIsOnWhileAllAreOff() {
        RouteOverride on = new RouteOverride(Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(RolloutSettings.EVERYONE.with(ROUTE, on).off().rule(ROUTE).enabled())
                .isFalse();
    }

    @Test
    void whatWasOffCanBeSwitchedOnAgain() {
        RouteOverride on = new RouteOverride(Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(RolloutSettings.EVERYONE.off().with(on).all().enabled()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "POST", "POST /a b", "POST /\u001b[31m", ""})
    void aNameThatIsNoRoutesIsRefused(String name) {
        assertThatThrownBy(() -> RolloutSettings.EVERYONE.with(name, RouteOverride.NOTHING))
                .hasMessageStartingWith("routes must be named");
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        RolloutSettings settings = RolloutSettings.EVERYONE.with(
                ROUTE,
                new RouteOverride(
                        Optional.of(false),
                        Optional.of(new Percentage(1)),
                        Optional.of(Platforms.of(List.of("web", "ios"))),
                        Optional.of(true)));

        assertThat(RolloutDocument.of(settings).settings()).isEqualTo(settings);
    }
}

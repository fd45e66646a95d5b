package dev.idem.verification.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.EventStatistics;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** A test that needs a program which is not here is skipped with a reason, or fails where all tools are required. */
final class NeedsProgramsTest {
    private final String before = System.getProperty("tools", "optional");

    @AfterEach
    void restore() {
        System.setProperty("tools", before);
    }

    private static Events run(Class<?> tests, String tools) {
        System.setProperty("tools", tools);
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute()
                .allEvents();
    }

    @Test
    void whereToolsAreOptionalItIsSkippedWithAReason() {
        assertThat(run(NeedsMuch.class, "optional").skipped().list())
                .singleElement()
                .satisfies(event -> assertThat(event.getRequiredPayload(String.class))
                        .isEqualTo("this machine lacks no-such-program and neither-this"));
    }

    @Test
    void whereToolsAreRequiredItFails() {
        Events events = run(NeedsMuch.class, "required");

        assertThat(events.skipped().count()).isZero();
        assertThat(events.failed().count()).isEqualTo(1);
    }

    @Test
    void aTestWhoseProgramsAreHereRuns() {
        Events events = run(NeedsNothingMuch.class, "required");

        assertThat(events.filter(event -> event.getType() == EventType.SKIPPED)).isEmpty();
        events.assertStatistics((EventStatistics statistics) -> statistics.failed(0));
    }

    static final class NeedsMuch {
        @Test
        @NeedsPrograms({"no-such-program", "sh", "neither-this"})
        void neverRuns() {
            assertThat(Programs.here().find("no-such-program")).isPresent();
        }
    }

    static final class NeedsNothingMuch {
        @Test
        @NeedsPrograms("sh")
        void runs() {
            assertThat(Programs.here().find("sh")).isPresent();
        }
    }
}

package dev.idem.verification.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What properties draw follows from the build's seed; how much a long one draws, from the build's form. */
final class FormOfPropertiesTest {
    private static final List<Integer> DRAWN = new ArrayList<>();

    private static List<Integer> drawnBy(Class<?> properties, String property) {
        DRAWN.clear();
        EngineTestKit.engine("jqwik")
                .selectors(selectMethod(properties, property, int.class))
                .execute()
                .testEvents()
                .assertStatistics(events -> events.succeeded(1));
        return List.copyOf(DRAWN);
    }

    @Test
    void theFormSaysHowManyValuesALongPropertyDraws() {
        assertThat(drawnBy(Lengthy.class, "numbers")).hasSize(RandomForm.asked().length(20, 200));
    }

    @Test
    void aQuickPropertyDrawsAllInBothForms() {
        assertThat(drawnBy(Quick.class, "numbers")).hasSize(200);
    }

    @Test
    void theSeedSaysWhichValues() {
        assertThat(drawnBy(Quick.class, "numbers"))
                .isEqualTo(drawnBy(Quick.class, "numbers"))
                .isNotEqualTo(drawnBy(Quick.class, "numbersOfAnotherSeed"));
    }

    @AddLifecycleHook(FormOfProperties.class)
    static final class Lengthy {
        @Property(tries = 200)
        void numbers(@ForAll int number) {
            DRAWN.add(number);
        }
    }

    static final class Quick {
        @Property(tries = 200)
        void numbers(@ForAll int number) {
            DRAWN.add(number);
        }

        @Property(tries = 200, seed = "17")
        void numbersOfAnotherSeed(@ForAll int number) {
            DRAWN.add(number);
        }
    }
}

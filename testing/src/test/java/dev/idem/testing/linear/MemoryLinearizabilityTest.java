package dev.idem.testing.linear;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.store.memory.MemoryStore;
import dev.idem.verification.support.RandomForm;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryLinearizabilityTest {
    private static final RandomForm FORM = RandomForm.asked();
    private static final int ROUNDS = FORM.length(5_000, 50_000);

    @Test
    void stepsInMemoryAreAsIfOneCameAfterTheOther() throws Exception {
        try (Race race = new Race(new MemoryStore(64 << 20, InstantSource.system()), FORM.random())) {
            race.run(ROUNDS);
        }
    }

    @Test
    void aStoreThatLooksUpAndThenPutsIsFoundOut() {
        try (Race race = new Race(new TwoStepStore(), FORM.random())) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> race.run(ROUNDS))
                    .withMessageContaining("no order explains");
        }
    }
}

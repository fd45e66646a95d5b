package dev.idem.core.store.linear;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.store.memory.MemoryStore;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryLinearizabilityTest {
    private static final int ROUNDS = 5_000;

    @Test
    void stepsInMemoryAreAsIfOneCameAfterTheOther() throws Exception {
        try (Race race = new Race(new MemoryStore(64 << 20, InstantSource.system()), new Random(1))) {
            race.run(ROUNDS);
        }
    }

    @Test
    void aStoreThatLooksUpAndThenPutsIsFoundOut() {
        try (Race race = new Race(new TwoStepStore(), new Random(1))) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> race.run(ROUNDS))
                    .withMessageContaining("no order explains");
        }
    }
}

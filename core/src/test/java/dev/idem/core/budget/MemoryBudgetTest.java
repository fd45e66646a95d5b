package dev.idem.core.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @ValueSource(longs = {8, 48, 64, 128, 300, 1_024, 16_384})
    void thePartsTogetherAreTheWhole(long heapMiB) {
        long total = MemoryShares.usualTotal(heapMiB * MIB);
        MemoryShares shares = MemoryShares.of(total);

        assertThat(total).isBetween(heapMiB * MIB / 4, heapMiB * MIB / 2);
        assertThat(Stream.of(MemoryPart.values()).mapToLong(shares::limit).sum())
                .isEqualTo(total);
        assertThat(MemoryPart.values())
                .allSatisfy(part -> assertThat(shares.limit(part)).isNotNegative());
        assertThat(shares.limit(MemoryPart.JOURNAL)).isBetween(1L, 64 * MIB);
    }

    @Test
    void moreForBodiesIsLessForTheOthers() {
        MemoryShares shares = new MemoryShares(100 * MIB, 75 * MIB, 0);

        assertThat(shares.limit(MemoryPart.BODIES)).isEqualTo(75 * MIB);
        assertThat(shares.limit(MemoryPart.JOURNAL)).isEqualTo(10 * MIB);
        assertThat(shares.limit(MemoryPart.MEMORY_STORE)).isEqualTo(10 * MIB);
        assertThat(shares.limit(MemoryPart.COPIES)).isEqualTo(5 * MIB);
    }

    @Test
    void bodiesLeaveAQuarterAndTheCacheNoMoreThanThereIs() {
        assertThatThrownBy(() -> new MemoryShares(100 * MIB, 76 * MIB, 0)).hasMessageContaining("bodies");
        assertThatThrownBy(() -> new MemoryShares(100 * MIB, 0, 0)).hasMessageContaining("bodies");
        assertThatThrownBy(() -> new MemoryShares(100 * MIB, 50 * MIB, 101 * MIB))
                .hasMessageContaining("near cache");
    }

    @Test
    void theNearCacheBorrowsWhatNobodyUses() {
        MemoryBudget budget = new MemoryBudget(MemoryShares.of(100 * MIB).withNearCache(80 * MIB));
        AtomicLong bodies = new AtomicLong();
        budget.watch(MemoryPart.BODIES, bodies::get);
        budget.watch(MemoryPart.JOURNAL, () -> 10 * MIB);
        budget.watch(MemoryPart.NEAR_CACHE, () -> 70 * MIB);

        assertThat(budget.limit(MemoryPart.NEAR_CACHE)).isEqualTo(80 * MIB);
        bodies.set(45 * MIB);
        assertThat(budget.limit(MemoryPart.NEAR_CACHE)).isEqualTo(45 * MIB);
        bodies.set(95 * MIB);
        assertThat(budget.limit(MemoryPart.NEAR_CACHE)).isZero();
        assertThat(budget.used(MemoryPart.COPIES)).isZero();
    }
}

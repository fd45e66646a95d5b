package dev.idem.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageBoundsTest {
    private static final long HALF = PageBounds.BYTES / 2;

    @Test
    void aPageEndsBeforeItsBytesAreExceeded() {
        assertThat(PageBounds.pages(List.of(HALF, HALF, 1L, HALF, HALF), size -> size))
                .containsExactly(List.of(HALF, HALF), List.of(1L, HALF), List.of(HALF));
    }

    @Test
    void aPageHasOneItemHoweverLargeItIs() {
        assertThat(PageBounds.pages(List.of(1L, 10 * HALF, 1L), size -> size))
                .containsExactly(List.of(1L), List.of(10 * HALF), List.of(1L));
    }

    @Test
    void aPageHasFiveHundredItemsAtTheMost() {
        assertThat(PageBounds.pages(Collections.nCopies(1_001, 0L), size -> size))
                .extracting(List::size)
                .containsExactly(500, 500, 1);
    }

    @Test
    void thereIsNoEmptyPage() {
        assertThat(PageBounds.pages(List.<Long>of(), size -> size)).isEmpty();
    }
}

package dev.idem.chaos.run;

import dev.idem.chaos.history.FaultKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Deals each fault once before any comes again, so that a short run sees them all. Not thread-safe. */
final class Deck {
    private final List<FaultKind> cards;
    private final Random random;
    private final Deque<FaultKind> left = new ArrayDeque<>();

    Deck(List<FaultKind> cards, SplittableRandom seed) {
        this.cards = List.copyOf(cards);
        this.random = new Random(seed.nextLong());
    }

    FaultKind draw() {
        if (left.isEmpty()) {
            List<FaultKind> shuffled = new ArrayList<>(cards);
            Collections.shuffle(shuffled, random);
            left.addAll(shuffled);
        }
        return left.remove();
    }
}

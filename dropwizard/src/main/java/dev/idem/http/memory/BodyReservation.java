package dev.idem.http.memory;

/**
 * What one request takes of the {@link BodyMemory}. Its steps follow one another; whoever ends it may do so on another thread, and
 * more than once.
 */
public final class BodyReservation {
    private final BodyMemory memory;
    private int expected;
    private int body;
    private int large;
    private int answer;
    private boolean refused;
    private boolean released;

    BodyReservation(BodyMemory memory) {
        this.memory = memory;
    }

    /**
     * Whether a body of so many bytes would find room at this moment; takes none.
     *
     * @param bytes by what its sender says; negative for unknown
     */
    public boolean couldTake(long bytes) {
        expected = BodyMemory.unitsOf(Math.max(0, bytes));
        return memory.has(expected, largeOf(expected)) || refused();
    }

    /**
     * Takes room for what has come of the body; as soon as that is large, for all that was said to come, so that it is not refused
     * half-way. Never waits.
     *
     * @param bytes all that has come
     * @return false if there is none
     */
    public boolean grow(long bytes) {
        int come = BodyMemory.unitsOf(bytes);
        int wanted = come > BodyMemory.SMALL ? Math.max(come, expected) : come;
        int more = wanted - body;
        if (more <= 0) {
            return true;
        }
        int moreLarge = largeOf(wanted) - large;
        return memory.take(more, moreLarge) ? keep(more, moreLarge, 0) : refused();
    }

    /**
     * Takes room for an answer, once. Never waits.
     *
     * @param bytes the most that it may have
     * @throws BodyMemoryExhaustedException if there is none
     */
    public void reserve(long bytes) throws BodyMemoryExhaustedException {
        int more = BodyMemory.unitsOf(bytes) - answer;
        if (more > 0 && !(memory.take(more, 0) ? keep(0, 0, more) : refused())) {
            throw new BodyMemoryExhaustedException();
        }
    }

    /**
     * The same, for a request that has a thread to itself: waits a moment if there is none.
     *
     * @throws BodyMemoryExhaustedException if there is still none
     */
    public void reserveInTurn(long bytes) throws BodyMemoryExhaustedException {
        int more = BodyMemory.unitsOf(bytes) - answer;
        if (more > 0 && !(memory.await(more) ? keep(0, 0, more) : refused())) {
            throw new BodyMemoryExhaustedException();
        }
    }

    /** Gives back what was taken for an answer and is not needed: it is shorter. */
    public synchronized void shrink(long bytes) {
        int spare = answer - BodyMemory.unitsOf(bytes);
        if (spare > 0 && !released) {
            answer -= spare;
            memory.giveBack(spare, 0);
        }
    }

    /** Gives all of it back. */
    public synchronized void release() {
        if (!released) {
            released = true;
            memory.giveBack(body + answer, large);
        }
    }

    /** What comes for a request that has been answered meanwhile is not kept. */
    private synchronized boolean keep(int moreBody, int moreLarge, int moreAnswer) {
        if (released) {
            memory.giveBack(moreBody + moreAnswer, moreLarge);
            return false;
        }
        body += moreBody;
        large += moreLarge;
        answer += moreAnswer;
        return true;
    }

    private boolean refused() {
        if (!refused) {
            refused = true;
            memory.hasRefused();
        }
        return false;
    }

    private static int largeOf(int units) {
        return Math.max(0, units - BodyMemory.SMALL);
    }
}

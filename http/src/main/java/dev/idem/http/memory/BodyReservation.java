package dev.idem.http.memory;

/**
 * What one request has reserved of the {@link BodyMemory}. Its steps follow one another; {@link #release} may be called on another
 * thread, and more than once.
 */
public final class BodyReservation {
    private final BodyMemory memory;
    private int expected;
    private int body;
    private int large;
    private int answer;
    private int lateAnswer;
    private boolean refused;
    private boolean released;

    BodyReservation(BodyMemory memory) {
        this.memory = memory;
    }

    /**
     * Whether what is missing of a body of this length would fit at this moment. Reserves nothing.
     *
     * @param bytes its announced length; negative for unknown
     */
    public boolean couldTake(long bytes) {
        expected = BodyMemory.unitsOf(Math.max(0, bytes));
        return memory.has(expected - body, largeOf(expected) - large) || refused();
    }

    /**
     * Reserves memory for what has arrived of the body. A large body reserves its announced length at once, so that it is not
     * refused half-way. Never waits.
     *
     * @param bytes all that has arrived
     * @return false if there is not enough
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
     * Reserves memory for an answer, once. Never waits.
     *
     * @param bytes its largest length
     * @throws BodyMemoryExhaustedException if there is not enough
     */
    public void reserve(long bytes) throws BodyMemoryExhaustedException {
        int more = BodyMemory.unitsOf(bytes) - answer;
        if (more > 0 && !(memory.take(more, 0) ? keep(0, 0, more) : refused())) {
            throw new BodyMemoryExhaustedException();
        }
    }

    /**
     * The same for a request that may block its thread: waits up to a second.
     *
     * @throws BodyMemoryExhaustedException if there is still not enough
     */
    public void reserveInTurn(long bytes) throws BodyMemoryExhaustedException {
        int more = BodyMemory.unitsOf(bytes) - answer;
        if (more > 0 && !(memory.await(more) ? keep(0, 0, more) : refused())) {
            throw new BodyMemoryExhaustedException();
        }
    }

    /** A reservation for an answer as large as this one's that comes when this one has been released; it reserves nothing yet. */
    public synchronized BodyReservation forLateAnswer() {
        BodyReservation late = new BodyReservation(memory);
        late.lateAnswer = answer;
        return late;
    }

    /**
     * Reserves memory for a late answer; waits up to a second.
     *
     * @throws BodyMemoryExhaustedException if there is still not enough
     */
    public void reserveLateInTurn() throws BodyMemoryExhaustedException {
        reserveInTurn((long) lateAnswer * BodyMemory.UNIT);
    }

    /** Releases what an answer of this length does not need. */
    public synchronized void shrink(long bytes) {
        int spare = answer - BodyMemory.unitsOf(bytes);
        if (spare > 0 && !released) {
            answer -= spare;
            memory.giveBack(spare, 0);
        }
    }

    /** Releases everything. */
    public synchronized void release() {
        if (!released) {
            released = true;
            memory.giveBack(body + answer, large);
        }
    }

    /** A request that was released meanwhile keeps nothing. */
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

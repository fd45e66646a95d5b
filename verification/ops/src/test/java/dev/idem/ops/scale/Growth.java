package dev.idem.ops.scale;

/** How a cost may grow from one number of records to a larger one. */
enum Growth {
    /** It depends on what is asked, not on what is stored. */
    CONSTANT,
    /** It examines what is stored, but no more than a bound, to which it comes between 10,000 and 100,000 records. */
    BOUNDED,
    /** It reads everything, once. */
    LINEAR;

    /** More than noise, and less than a wrong growth from one size to ten times as much. */
    private static final double TOLERATED = 2;

    private static final int BELOW_THE_BOUND = 10_000;
    private static final int AT_THE_BOUND = 100_000;

    /** The largest ratio between the cost of some records and that of so many more. */
    double limit(int fewer, int more) {
        boolean grows = this == LINEAR || (this == BOUNDED && fewer >= BELOW_THE_BOUND && fewer < AT_THE_BOUND);
        return grows ? TOLERATED * more / fewer : TOLERATED;
    }
}

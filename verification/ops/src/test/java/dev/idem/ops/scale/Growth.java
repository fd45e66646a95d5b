package dev.idem.ops.scale;

/** How a cost may grow from one number of records to a larger one. */
enum Growth {
    /** It depends on what is asked, not on what is stored. */
    CONSTANT,
    /** It reads everything, once. */
    LINEAR;

    /** More than noise, and less than a wrong growth from one size to ten times as much. */
    private static final double TOLERATED = 2;

    /** The largest ratio between two costs, the records of which differ by the factor. */
    double limit(double factor) {
        return this == CONSTANT ? TOLERATED : TOLERATED * factor;
    }
}

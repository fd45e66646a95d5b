package dev.idem.chaos.history;

/** How something is broken. */
public enum FaultKind {
    /** kill -9; it comes back with what it wrote to disk, if it writes at all. */
    REDIS_KILL(Part.REDIS),
    /** It comes back empty, whether it writes to disk or not. */
    REDIS_EMPTIED(Part.REDIS),
    REDIS_PAUSE(Part.REDIS),
    REDIS_FLUSH(Part.REDIS),
    REDIS_LATENCY(Part.REDIS),
    REDIS_BLACK_HOLE(Part.REDIS),
    REDIS_RESET(Part.REDIS),
    POSTGRES_KILL(Part.POSTGRES),
    POSTGRES_RESTART(Part.POSTGRES),
    POSTGRES_PAUSE(Part.POSTGRES),
    POSTGRES_LATENCY(Part.POSTGRES),
    POSTGRES_BLACK_HOLE(Part.POSTGRES),
    POSTGRES_RESET(Part.POSTGRES),
    NODE_KILL(Part.NODE),
    NODE_PAUSE(Part.NODE);

    /** What is broken: the thing itself, or every way to it. */
    public enum Part {
        REDIS,
        POSTGRES,
        NODE
    }

    private final Part part;

    FaultKind(Part part) {
        this.part = part;
    }

    public Part part() {
        return part;
    }
}

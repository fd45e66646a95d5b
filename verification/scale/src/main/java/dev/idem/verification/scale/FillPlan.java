package dev.idem.verification.scale;

/**
 * Which records to make. Each change creates a new plan. Half of the records belong to one large scope; the others belong to scopes
 * of about a hundred. What is not one of the special kinds is completed, with a key.
 *
 * @param records how many altogether
 * @param answerBytes the size of an answer as stored, at least 64
 * @param keyLength the length of keys, 36 to 255 characters
 * @param processing records with a live owner, whose heartbeat is valid for an hour
 * @param stale records whose owner has been silent for an hour
 * @param held records with an unknown outcome
 * @param withoutKey completed records of requests without a key, whose window is over
 * @param large completed records with an answer of 1 MiB
 */
public record FillPlan(
        int records, int answerBytes, int keyLength, int processing, int stale, int held, int withoutKey, int large) {
    /** As in the table of docs/capacity.md. */
    public static final int USUAL_ANSWER = 365;

    /** The length of a UUID. */
    public static final int SHORTEST_KEY = 36;

    private static final int MOST_PROCESSING = 1_000;
    private static final int SHORTEST_ANSWER = 64;
    private static final int LONGEST_KEY = 255;

    public FillPlan {
        if (records < 1) {
            throw new IllegalArgumentException("there is at least 1 record, not " + records);
        }
        if (answerBytes < SHORTEST_ANSWER) {
            throw new IllegalArgumentException("an answer has at least " + SHORTEST_ANSWER + " bytes");
        }
        if (keyLength < SHORTEST_KEY || keyLength > LONGEST_KEY) {
            throw new IllegalArgumentException("a key has " + SHORTEST_KEY + " to " + LONGEST_KEY + " characters");
        }
        if (processing < 0 || stale < 0 || held < 0 || withoutKey < 0 || large < 0) {
            throw new IllegalArgumentException("there are no negative numbers of records");
        }
        if ((long) processing + stale + held + withoutKey + large > records) {
            throw new IllegalArgumentException("the special records are more than all");
        }
    }

    /**
     * One in 100 executes, but at most 1,000: how many do depends on the load, not on what is stored. One in 1,000 is held, one in 50
     * has no key, and none is stale or large.
     */
    public static FillPlan of(int records) {
        int processing = Math.min(records / 100, MOST_PROCESSING);
        return new FillPlan(records, USUAL_ANSWER, SHORTEST_KEY, processing, 0, records / 1_000, records / 50, 0);
    }

    public FillPlan answers(int bytes) {
        return new FillPlan(records, bytes, keyLength, processing, stale, held, withoutKey, large);
    }

    public FillPlan keys(int length) {
        return new FillPlan(records, answerBytes, length, processing, stale, held, withoutKey, large);
    }

    public FillPlan stale(int count) {
        return new FillPlan(records, answerBytes, keyLength, processing, count, held, withoutKey, large);
    }

    public FillPlan large(int count) {
        return new FillPlan(records, answerBytes, keyLength, processing, stale, held, withoutKey, count);
    }
}

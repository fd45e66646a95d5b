package dev.idem.postgres.schema;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a migration is.
 *
 * @param change the id of the change that runs, or is next
 * @param number which of the changes of this migration it is, from 1 on
 * @param total how many changes the database lacked at the beginning
 * @param elapsed since the beginning
 * @param index the index that is built at this moment
 */
public record MigrationProgress(String change, int number, int total, Duration elapsed, Optional<IndexBuild> index) {

    /** For people, in one line. */
    public String sentence() {
        return change + ", change " + number + " of " + total + ", after " + elapsed.toSeconds() + " s"
                + index.map(build -> ": " + build.sentence()).orElse("");
    }

    /**
     * What PostgreSQL says about an index that it builds.
     *
     * @param name of the index, or of its table while the index has no name
     * @param phase in PostgreSQL's words
     * @param done the part of the phase that is done, in blocks, rows, or transactions that are waited for
     * @param total the same when it will be done; 0 if unknown
     */
    public record IndexBuild(String name, String phase, long done, long total) {
        private static final int PERCENT = 100;

        String sentence() {
            return name + ", " + phase + (total > 0 ? ", " + PERCENT * done / total + " %" : "");
        }
    }
}

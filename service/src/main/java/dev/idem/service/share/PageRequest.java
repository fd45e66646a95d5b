package dev.idem.service.share;

import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The part of a list that a client asks for. */
record PageRequest(int limit, Optional<Cursor> cursor) {
    private static final int MAX_LIMIT = 100;
    private static final int DEFAULT_LIMIT = 20;

    /** @throws ProblemException 422 if a parameter is invalid */
    static PageRequest of(@Nullable String limit, @Nullable String cursor) {
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : limit(limit),
                Optional.ofNullable(cursor).map(PageRequest::cursor));
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            throw wrong("limit must be a number from 1 to " + MAX_LIMIT + ".");
        }
        throw wrong("limit must be from 1 to " + MAX_LIMIT + ".");
    }

    private static Cursor cursor(String text) {
        try {
            return Cursor.parse(text);
        } catch (IllegalArgumentException notOurs) {
            throw wrong("cursor must be a next_cursor of an earlier page; leave it out for the first page.");
        }
    }

    private static ProblemException wrong(String detail) {
        return new ProblemException(Problem.of(ProblemType.VALIDATION_FAILED, detail, null), Map.of());
    }
}
